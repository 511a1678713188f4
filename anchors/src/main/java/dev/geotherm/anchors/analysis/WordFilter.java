package dev.geotherm.anchors.analysis;

import java.io.IOException;
import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.Map;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * A token filter that omits stop words and replaces other words with their stems, by the rules of the text's language in the
 * word's script. Not thread-safe.
 */
final class WordFilter extends TokenFilter {
    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final DiacriticFolder folder = new DiacriticFolder();
    private final boolean foldDiacritics;
    private final Map<Language, Rules> rules = new EnumMap<>(Language.class);
    private Map<UnicodeScript, Language> languages = Map.of();

    WordFilter(TokenStream input, boolean foldDiacritics) {
        super(input);
        this.foldDiacritics = foldDiacritics;
    }

    /** Sets the languages of the next text. */
    void languages(Map<UnicodeScript, Language> next) {
        languages = next;
    }

    @Override
    public boolean incrementToken() throws IOException {
        while (input.incrementToken()) {
            UnicodeScript script = script();
            Language language = languages.get(script);
            if (language == null) {
                fold(script);
                return true;
            }
            if (rules.computeIfAbsent(language, Rules::new).keep()) {
                fold(script);
                return true;
            }
        }
        return false;
    }

    private void fold(UnicodeScript script) {
        if (foldDiacritics) {
            folder.fold(term, script);
        }
    }

    /** Returns the script of the word's first letter. */
    private UnicodeScript script() {
        char[] buffer = term.buffer();
        int length = term.length();
        for (int i = 0; i < length; i++) {
            char letter = buffer[i];
            if (letter < 0x80) {
                if (letter >= 'a' && letter <= 'z') {
                    return UnicodeScript.LATIN;
                }
            } else {
                int point = Character.codePointAt(buffer, i, length);
                if (Character.isLetter(point)) {
                    return UnicodeScript.of(point);
                }
            }
        }
        return UnicodeScript.COMMON;
    }

    /** The filters of a language, each applied to the current word. */
    private final class Rules {
        private final CharArraySet stopWords;
        private final TokenStream prepare;
        private final TokenStream stem;
        private final UnicodeScript foldFirst;

        Rules(Language language) {
            Stemming stemming = Stemming.of(language);
            stopWords = stemming.stopWords();
            // The filters share the attributes of this filter, so they see and change the current word.
            TokenStream word = new CurrentWord(WordFilter.this);
            prepare = stemming.prepare().apply(word);
            stem = stemming.stem().apply(word);
            foldFirst = language == Language.ENGLISH ? UnicodeScript.LATIN : UnicodeScript.COMMON;
        }

        /** Replaces the current word with its stem, and returns whether the word is kept. */
        boolean keep() throws IOException {
            prepare.incrementToken();
            if (stopWords.contains(term.buffer(), 0, term.length())) {
                return false;
            }
            fold(foldFirst); // the English stemmer treats résumé and resume differently
            return stem.incrementToken();
        }
    }

    /** A stream that returns the current word each time. */
    private static final class CurrentWord extends TokenStream {
        CurrentWord(TokenStream shared) {
            super(shared);
        }

        @Override
        public boolean incrementToken() {
            return true;
        }
    }
}
