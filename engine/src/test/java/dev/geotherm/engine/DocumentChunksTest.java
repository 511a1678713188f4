package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.anchor.ScrubbedText;
import dev.geotherm.engine.corpus.Document;
import dev.geotherm.profiles.runtime.Platform;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fragments of documents: what is scrubbed, what stands in front of them, and where they are from. */
class DocumentChunksTest {
    @TempDir
    Path scratch;

    @ParameterizedTest
    @ValueSource(strings = {" ", "\u00a0", "\u202f", ""})
    void of_personalDataAtTheBordersOfFragmentsIsScrubbed(String space) {
        String iban = String.join(space, "DE89", "3704", "0044", "0532", "0130", "00");
        String text = IntStream.range(0, 3_000)
                .mapToObj(i -> "customer" + i + " " + iban)
                .collect(Collectors.joining(space.isEmpty() ? " " : space));
        try (Platform platform = TestPlatform.start(scratch.resolve("work"))) {
            DocumentChunks fragments = new DocumentChunks(new Splitter(2_000), platform.anchors()::scrub);
            List<DocumentChunks.Text> all = fragments.of(new Document("d", "Of " + iban, text, "list"));

            assertThat(all).hasSizeGreaterThan(20);
            assertThat(all)
                    .extracting(DocumentChunks.Text::withTitle)
                    .allSatisfy(each ->
                            assertThat(each).contains("[iban]").doesNotContain("DE89", "3704", "0044", "0532", "0130"));
        }
    }

    @Test
    void of_offsetsAreThoseInTheDocument() {
        String text = "x".repeat(1_500) + " secret " + "y".repeat(1_500) + " secretsecret " + "z".repeat(1_800);
        List<DocumentChunks.Text> all = new DocumentChunks(new Splitter(2_000), DocumentChunksTest::scrub)
                .of(new Document("d", "", text, "list"));

        assertThat(all).hasSizeGreaterThan(2);
        for (DocumentChunks.Text each : all) {
            String original = text.substring(each.start(), each.end());
            assertThat(scrub(original).text()).isEqualTo(each.text());
        }
        assertThat(all).extracting(DocumentChunks.Text::text).noneMatch(each -> each.contains("secret"));
    }

    @Test
    void of_marksAreNotCut() {
        String text = "secret".repeat(2_000); // no border of words or sentences anywhere
        List<DocumentChunks.Text> all = new DocumentChunks(
                        new Splitter(1_995), DocumentChunksTest::scrub) // half a mark less
                .of(new Document("d", "", text, "list"));
        assertThat(all)
                .hasSizeGreaterThan(5)
                .extracting(DocumentChunks.Text::text)
                .allMatch(each -> each.matches("(\\[longmark])+"));
    }

    @Test
    void of_longTitleIsBoundedInFrontOfFragmentsAndNothingOfItIsLost() {
        String title = IntStream.range(0, 5_000).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));
        String text = IntStream.range(0, 5_000).mapToObj(i -> "body" + i + ".").collect(Collectors.joining(" "));
        List<DocumentChunks.Text> all = new DocumentChunks(new Splitter(2_000), ScrubbedText::unchanged)
                .of(new Document("d", title, text, "list"));

        List<String> texts = all.stream().map(DocumentChunks.Text::withTitle).toList();
        assertThat(texts.stream().mapToInt(String::length).sum()).isLessThan(2 * (title.length() + text.length()));
        assertThat(texts)
                .allMatch(each -> each.length() <= EngineSettings.defaults().chunkCharacters() + 501);
        assertThat(texts).allMatch(each -> each.startsWith("word"));
        assertThat(all.stream().map(DocumentChunks.Text::text).collect(Collectors.joining(" ")))
                .isEqualTo(title + " " + text);
    }

    @Test
    void of_usualTitleIsWholeInFrontOfEachFragment() {
        List<DocumentChunks.Text> all = new DocumentChunks(new Splitter(2_000), ScrubbedText::unchanged)
                .of(new Document("d", "Title", "word ".repeat(1_000), "list"));
        assertThat(all)
                .hasSize(3)
                .extracting(DocumentChunks.Text::withTitle)
                .allMatch(each -> each.startsWith("Title\nword"));
        assertThat(new DocumentChunks(new Splitter(2_000), ScrubbedText::unchanged)
                        .of(new Document("d", "Title", "", "list")))
                .singleElement()
                .satisfies(each -> assertThat(each.withTitle()).isEqualTo("Title"));
    }

    @Test
    void of_titleCountsAmongTheTokensOfAChunk() {
        TokenLimit twenty = new TokenLimit(20, 0, text -> {
            int[] starts = IntStream.range(0, text.length())
                    .filter(i -> text.charAt(i) != ' ' && (i == 0 || text.charAt(i - 1) == ' '))
                    .toArray();
            return starts;
        });
        Splitter splitter = new Splitter(2_000, 0, twenty);
        List<String> texts = new DocumentChunks(splitter, ScrubbedText::unchanged)
                .of(new Document("d", "A title of five words", "word ".repeat(100), "list")).stream()
                        .map(DocumentChunks.Text::withTitle)
                        .toList();
        assertThat(texts)
                .hasSize(7)
                .first()
                .isEqualTo("A title of five words\n" + "word ".repeat(15).strip());
    }

    /** Replaces {@code secret} by a longer mark. */
    private static ScrubbedText scrub(String text) {
        StringBuilder kept = new StringBuilder();
        List<ScrubbedText.Replacement> all = new ArrayList<>();
        int from = 0;
        for (int at = text.indexOf("secret"); at >= 0; at = text.indexOf("secret", from)) {
            kept.append(text, from, at);
            int start = kept.length();
            kept.append("[longmark]");
            from = at + "secret".length();
            all.add(new ScrubbedText.Replacement(start, kept.length(), at, from));
        }
        return new ScrubbedText(kept.append(text.substring(from)).toString(), all);
    }
}
