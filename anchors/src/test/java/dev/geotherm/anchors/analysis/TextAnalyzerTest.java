package dev.geotherm.anchors.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.testkit.RandomCases;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextAnalyzerTest {
    private final TextAnalyzer analyzer = TextAnalyzer.of(new Analysis(Analysis.AUTO, true));

    @AfterEach
    void close() {
        analyzer.close();
    }

    private static List<String> words(TextAnalyzer analyzer, String text) throws IOException {
        try (TokenStream words = analyzer.words(analyzer.read(text))) {
            return terms(words);
        }
    }

    private static List<String> terms(TokenStream words) throws IOException {
        List<String> terms = new ArrayList<>();
        CharTermAttribute term = words.addAttribute(CharTermAttribute.class);
        words.reset();
        while (words.incrementToken()) {
            terms.add(term.toString());
        }
        words.end();
        return terms;
    }

    @Test
    void words_ofEnglishAreThoseOfLucenesEnglishAnalyzer() {
        String[] some = {
            "The", "running", "dogs", "dog's", "flies", "of", "it's", "X-ray", "1990s", "3.14", "don't", "relational",
            "conditional", "and", "A", "to", "operators", "happy", "skies", "[ref]", "e.g.", "U.S.A.", "_under_",
                    "new\n"
        };
        RandomCases.run(200, random -> {
            StringBuilder text = new StringBuilder("of the ");
            for (int i = random.nextInt(30); i > 0; i--) {
                text.append(some[random.nextInt(some.length)]).append(random.nextInt(5) == 0 ? "," : " ");
            }
            requireEnglish(text.toString(), random);
        });
    }

    private void requireEnglish(String text, Random unused) throws IOException {
        try (Analyzer english = new EnglishAnalyzer();
                TokenStream expected = english.tokenStream("", text)) {
            assertThat(words(analyzer, text)).as(text).isEqualTo(terms(expected));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "東京都 | 東京 京都",
                "한국어 | 한국 국어",
                "ประเทศไทย | ประ ระเท เทศ ศไท ไทย",
                "ភាសាខ្មែរ | ភាសា សាខ្មែ ខ្មែរ",
                "мама мыла раму, но она не из дома | мам мыл рам дом",
                "café des amis est un nom dans la rue | cafe ami est nom rue",
            })
    void words_areThoseOfTheLanguage(String text, String words) throws IOException {
        assertThat(words(analyzer, text)).containsExactly(words.split(" "));
    }

    @Test
    void words_inAnotherScriptKeepTheirOwnRules() throws IOException {
        assertThat(words(analyzer, "Database indexes are described in 東京都の図書館"))
                .contains("databas", "index", "東京")
                .doesNotContain("are");
    }

    @Test
    void words_withoutALanguageAreOnlyNormal() throws IOException {
        try (TextAnalyzer none = TextAnalyzer.of(new Analysis(Analysis.NONE, false))) {
            assertThat(words(none, "The Café's Dogs")).containsExactly("the", "café's", "dogs");
        }
    }

    @Test
    void words_ofASetLanguageAreNotDetected() throws IOException {
        try (TextAnalyzer german = TextAnalyzer.of(new Analysis("de", true))) {
            assertThat(words(german, "Häuser")).containsExactly("haus");
        }
        assertThat(words(analyzer, "Häuser")).containsExactly("hauser");
    }

    private static QueryWord word(String... forms) {
        return new QueryWord(Set.of(forms), Set.of());
    }

    @Test
    void query_hasTheFormsOfAllLanguagesOfTheIndex() throws IOException {
        assertThat(analyzer.query("Häuser running", List.of("de", "en")))
                .containsExactly(word("haus", "hauser"), word("running", "run"));
        assertThat(analyzer.query("Häuser, книги", List.of("de", "ru"))).containsExactly(word("haus"), word("книг"));
        assertThat(analyzer.query("running", List.of("en"))).containsExactly(word("run"));
        assertThat(analyzer.query("running", List.of())).containsExactly(word("running"));
    }

    @Test
    void query_tellsWhereAWordIsAStopWord() throws IOException {
        assertThat(analyzer.query("war, museums", List.of("de", "en")))
                .containsExactly(new QueryWord(Set.of("war"), Set.of("de")), word("museum"));
    }

    @Test
    void query_hasTheLanguageThatItsFunctionWordsTell() throws IOException {
        assertThat(analyzer.query("die Häuser der Stadt", List.of("de", "en")))
                .containsExactly(word("haus"), word("stadt"));
        assertThat(analyzer.query("the houses of the town", List.of("de", "en", "und-latin")))
                .containsExactly(word("hous"), word("town"));
    }

    @Test
    void analysis_isReadFromItsText() {
        for (Analysis each : List.of(new Analysis("auto", true), new Analysis("de", false))) {
            assertThat(Analysis.parse(each.toString())).isEqualTo(each);
        }
        assertThat(Analysis.parse("anything else")).isEqualTo(Analysis.FORMER);
    }
}
