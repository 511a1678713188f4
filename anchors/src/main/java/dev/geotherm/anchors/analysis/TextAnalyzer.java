package dev.geotherm.anchors.analysis;

import java.io.IOException;
import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.cjk.CJKBigramFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * A thread-safe analyzer of texts into searchable words: normal form, Unicode word segmentation, letter pairs where a script
 * does not separate words, stop word removal, stemming.
 *
 * <p>Stop words and stems depend on the language of the text in the word's script, so a passage in two scripts has two
 * languages. A query is analysed in the language of the index that its function words indicate. Most queries are too short
 * for that; their words are analysed in every language of the index.
 */
public final class TextAnalyzer implements AutoCloseable {
    private final Function<String, Map<UnicodeScript, Language>> choice;
    private final Chain chain;

    private TextAnalyzer(Function<String, Map<UnicodeScript, Language>> choice, boolean foldDiacritics) {
        this.choice = choice;
        this.chain = new Chain(foldDiacritics);
    }

    /** Creates an analyzer. */
    public static TextAnalyzer of(Analysis analysis) {
        return new TextAnalyzer(
                switch (analysis.language()) {
                    case Analysis.AUTO -> LanguageDetector::languages;
                    case Analysis.NONE -> text -> Map.of();
                    default -> {
                        Language named = Language.of(analysis.language()).orElseThrow();
                        yield text -> {
                            Map<UnicodeScript, Language> languages = LanguageDetector.languages(text);
                            languages.replace(named.script(), named);
                            return languages;
                        };
                    }
                },
                analysis.foldDiacritics());
    }

    /**
     * Creates an analyzer that assumes the default language of each script, such as English. Equal words of different texts
     * then always have equal forms.
     */
    public static TextAnalyzer ofUsualLanguages() {
        Map<UnicodeScript, Language> usual = Language.usual();
        return new TextAnalyzer(text -> usual, true);
    }

    /** Returns a text in normal form, with its languages. */
    public LanguageText read(String text) {
        String normal = NormalText.of(text);
        return new LanguageText(normal, choice.apply(normal));
    }

    /** Returns the words of a text. The calling thread must consume and close the stream before its next call. */
    public TokenStream words(LanguageText text) {
        return words(text.text(), text.languages());
    }

    private TokenStream words(String text, Map<UnicodeScript, Language> languages) {
        TokenStream words = chain.tokenStream("", text);
        ((WordFilter) words).languages(languages);
        return words;
    }

    /**
     * Returns the words of a query, each with its forms in the language of the query, or in every language of the index.
     *
     * @param codes the language codes of the indexed texts
     */
    public List<QueryWord> query(String query, Collection<String> codes) throws IOException {
        String text = NormalText.of(query);
        List<Language> all =
                codes.stream().map(Language::of).flatMap(Optional::stream).toList();
        List<Map<UnicodeScript, Language>> combinations = combinations(LanguageDetector.ofQuery(text, all));
        List<Map<Integer, String>> analyses = new ArrayList<>();
        Set<Integer> places = new TreeSet<>();
        for (Map<UnicodeScript, Language> languages : combinations) {
            Map<Integer, String> analysis = byPlace(text, languages);
            analyses.add(analysis);
            places.addAll(analysis.keySet());
        }
        List<QueryWord> words = new ArrayList<>();
        for (int place : places) {
            Set<String> forms = new HashSet<>();
            Set<String> stoppedIn = new HashSet<>();
            for (int i = 0; i < analyses.size(); i++) {
                String form = analyses.get(i).get(place);
                Language language = combinations.get(i).get(UnicodeScript.of(text.codePointAt(place)));
                if (form != null) {
                    forms.add(form);
                } else if (language != null) {
                    stoppedIn.add(language.code());
                }
            }
            words.add(new QueryWord(forms, stoppedIn));
        }
        return words;
    }

    private Map<Integer, String> byPlace(String text, Map<UnicodeScript, Language> languages) throws IOException {
        Map<Integer, String> byPlace = new HashMap<>();
        try (TokenStream words = words(text, languages)) {
            CharTermAttribute term = words.addAttribute(CharTermAttribute.class);
            OffsetAttribute offset = words.addAttribute(OffsetAttribute.class);
            words.reset();
            while (words.incrementToken()) {
                byPlace.put(offset.startOffset(), term.toString());
            }
            words.end();
        }
        return byPlace;
    }

    /** Returns maps with one language per script, such that each language occurs in at least one map. */
    private static List<Map<UnicodeScript, Language>> combinations(Collection<Language> all) {
        Map<UnicodeScript, List<Language>> byScript = new EnumMap<>(UnicodeScript.class);
        for (Language language : all) {
            byScript.computeIfAbsent(language.script(), any -> new ArrayList<>())
                    .add(language);
        }
        List<Map<UnicodeScript, Language>> combinations = new ArrayList<>();
        int count = byScript.values().stream().mapToInt(List::size).max().orElse(1);
        for (int i = 0; i < count; i++) {
            Map<UnicodeScript, Language> languages = new EnumMap<>(UnicodeScript.class);
            for (Map.Entry<UnicodeScript, List<Language>> each : byScript.entrySet()) {
                languages.put(
                        each.getKey(), each.getValue().get(i % each.getValue().size()));
            }
            combinations.add(languages);
        }
        return combinations;
    }

    @Override
    public void close() {
        chain.close();
    }

    /** A Lucene analyzer, which keeps one chain of filters per thread. */
    private static final class Chain extends Analyzer {
        private final boolean foldDiacritics;

        Chain(boolean foldDiacritics) {
            this.foldDiacritics = foldDiacritics;
        }

        @Override
        protected TokenStreamComponents createComponents(String field) {
            StandardTokenizer words = new StandardTokenizer();
            return new TokenStreamComponents(
                    words, new WordFilter(new ClusterBigramFilter(new CJKBigramFilter(words)), foldDiacritics));
        }
    }
}
