package dev.geotherm.anchors.analysis;

import static java.util.Objects.requireNonNull;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import org.apache.lucene.analysis.CharArrayMap;

/**
 * A detector of the languages of a text, one for each script, by counting function words. Immutable and safe for use by many
 * threads.
 *
 * <p>It needs no model, and depends on the text only. A text that does not tell has the usual language of its script; in the
 * Latin script that is English, unless the text has letters or a length that speak against it.
 */
final class LanguageDetector {
    /** The most words that are looked up. The scripts of the others are counted, too. */
    private static final int MOST_WORDS = 500;

    /** From so many words on, a text has several function words of its language. */
    private static final int ENOUGH_WORDS = 10;

    /** In so many words, an English text has a function word. In prose, it has ten or more. */
    private static final int WORDS_WITH_ONE = 30;

    /** By how many function words a language must be ahead of English, or of all others to be that of a query. */
    private static final int AHEAD = 2;

    /** A script with less than one word in so many has no stop words and no stemming, such as symbols in formulas. */
    private static final int LEAST_SCRIPT_SHARE = 10;

    private static final Map<UnicodeScript, Language> USUAL = Language.usual();
    private static final Map<UnicodeScript, Language> OTHERS = Language.others();
    private static final CharArrayMap<Set<Language>> FUNCTION_WORDS = functionWords();

    private LanguageDetector() {}

    private static CharArrayMap<Set<Language>> functionWords() {
        CharArrayMap<Set<Language>> words = new CharArrayMap<>(1_000, false);
        for (Language language : Language.values()) {
            for (String word : language.functionWords()) {
                Set<Language> known = words.get(word);
                Set<Language> languages = known == null ? EnumSet.noneOf(Language.class) : known;
                languages.add(language);
                words.put(word, languages);
            }
        }
        return words;
    }

    /** Returns the languages of a text in normal form. */
    static Map<UnicodeScript, Language> languages(String text) {
        return new Counts(text).languages();
    }

    /**
     * Returns the languages in which a query in normal form is asked: those of the given ones whose function words it has, if
     * that is clear; otherwise all of a script.
     */
    static Collection<Language> ofQuery(String text, Collection<Language> some) {
        Counts counts = new Counts(text);
        Map<UnicodeScript, List<Language>> byScript = new EnumMap<>(UnicodeScript.class);
        for (Language language : some) {
            byScript.computeIfAbsent(language.script(), any -> new ArrayList<>())
                    .add(language);
        }
        return byScript.values().stream()
                .flatMap(each -> counts.clearlyOne(each).stream())
                .toList();
    }

    /** The counts of one text: its words in each script, and the different function words of each language in it. */
    private static final class Counts {
        private final Map<UnicodeScript, int[]> words = new EnumMap<>(UnicodeScript.class);
        private final Map<Language, Integer> functionWords = new EnumMap<>(Language.class);
        private final Set<Set<Language>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        private int all;
        private boolean accented;

        Counts(String text) {
            int length = text.length();
            for (int at = 0; at < length; ) {
                int letter = text.codePointAt(at);
                int end = at + Character.charCount(letter);
                if (Character.isLetter(letter)) {
                    boolean ascii = letter < 0x80;
                    while (end < length && isInWord(text.charAt(end))) {
                        ascii &= text.charAt(end) < 0x80;
                        end++;
                    }
                    add(
                            text.subSequence(at, end),
                            letter < 0x80 ? UnicodeScript.LATIN : UnicodeScript.of(letter),
                            ascii);
                }
                at = end;
            }
        }

        private void add(CharSequence word, UnicodeScript script, boolean ascii) {
            all++;
            if (!USUAL.containsKey(script)) {
                return;
            }
            words.computeIfAbsent(script, any -> new int[1])[0]++;
            if (all <= MOST_WORDS) {
                accented |= !ascii && script == UnicodeScript.LATIN;
                Set<Language> languages = FUNCTION_WORDS.get(word);
                if (languages != null && seen.add(languages)) { // each word has its own set
                    languages.forEach(language -> functionWords.merge(language, 1, Integer::sum));
                }
            }
        }

        Map<UnicodeScript, Language> languages() {
            Map<UnicodeScript, Language> languages = new EnumMap<>(UnicodeScript.class);
            int most = words.values().stream().mapToInt(count -> count[0]).max().orElse(0);
            for (Entry<UnicodeScript, int[]> each : words.entrySet()) {
                UnicodeScript script = each.getKey();
                int count = each.getValue()[0];
                boolean few = count < most && count * LEAST_SCRIPT_SHARE < all;
                languages.put(script, few ? OTHERS.get(script) : language(script, count));
            }
            return languages;
        }

        private Language language(UnicodeScript script, int count) {
            Language best = requireNonNull(USUAL.get(script));
            int least = count < ENOUGH_WORDS || script != UnicodeScript.LATIN ? 2 : 3;
            if (count(Language.ENGLISH) > 0) {
                least = Math.max(least, count(Language.ENGLISH) + AHEAD);
            }
            for (Language language : Language.values()) {
                if (language.script() == script && count(language) > count(best) && count(language) >= least) {
                    best = language;
                }
            }
            return best == Language.ENGLISH && !canBeEnglish(count) ? Language.OTHER_LATIN : best;
        }

        private int count(Language language) {
            return functionWords.getOrDefault(language, 0);
        }

        private boolean canBeEnglish(int count) {
            int english = count(Language.ENGLISH);
            return english >= Math.min(3, count / WORDS_WITH_ONE) && (english > 0 || !accented);
        }

        /** Returns the language of a list that is clearly ahead of the others, or the list. */
        List<Language> clearlyOne(List<Language> some) {
            List<Language> order = some.stream()
                    .sorted(Comparator.comparing(this::count).reversed())
                    .toList();
            int best = count(order.get(0));
            int next = order.size() == 1 ? 0 : count(order.get(1));
            return best >= next + AHEAD ? order.subList(0, 1) : some;
        }
    }

    private static boolean isInWord(char letter) {
        if (letter < 0x80) {
            return letter >= 'a' && letter <= 'z';
        }
        return switch (Character.getType(letter)) {
            case Character.LOWERCASE_LETTER,
                    Character.UPPERCASE_LETTER,
                    Character.OTHER_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }
}
