package dev.geotherm.anchors.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The share of personal data that the scrubber finds in generated texts, and of other texts that it changes: as the guide states. */
final class ScrubberFiguresTest {
    private static final int TEXTS = 2_000;
    private static final long SEED = 20_261_129;

    @ParameterizedTest
    @CsvSource({"email, 1", "ip, 1", "iban, 1", "card, 1", "phone, .99"})
    void scrub_findsAtLeastTheStatedShare(String kind, double stated) {
        assertFound(kind, (texts, item) -> item, stated);
    }

    @ParameterizedTest
    @CsvSource({"email, 1", "ip, 1", "iban, 1", "card, 1", "phone, .99"})
    void scrub_findsTheSameShareWithInvisibleCharacters(String kind, double stated) {
        assertFound(kind, GeneratedTexts::withInvisible, stated);
    }

    private static void assertFound(String kind, BiFunction<GeneratedTexts, String, String> writing, double stated) {
        Function<GeneratedTexts, String> generator = switch (kind) {
            case "email" -> GeneratedTexts::email;
            case "ip" -> GeneratedTexts::ip;
            case "iban" -> GeneratedTexts::iban;
            case "card" -> GeneratedTexts::card;
            default -> GeneratedTexts::phone;
        };
        GeneratedTexts texts = new GeneratedTexts(SEED);
        PersonalDataScrubber scrubber = new PersonalDataScrubber();
        List<String> missed = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            String before = texts.before();
            String item = writing.apply(texts, generator.apply(texts));
            String after = texts.after();
            String scrubbed = scrubber.scrub(before + item + after).text();
            if (!scrubbed.equals(before + "[" + kind + "]" + after)) {
                missed.add(before + item + after + " -> " + scrubbed);
            }
        }
        assertThat(1 - missed.size() / (double) TEXTS)
                .as("share of %s; missed: %s", kind, missed)
                .isGreaterThanOrEqualTo(stated);
    }

    @Test
    void scrub_changesAtMostTheStatedShareOfOtherTexts() {
        assertUnchanged((texts, decoy) -> decoy, .005);
    }

    @Test
    void scrub_changesAtMostTheStatedShareOfOtherTextsWithInvisibleCharacters() {
        assertUnchanged(GeneratedTexts::withInvisible, .01);
    }

    private static void assertUnchanged(BiFunction<GeneratedTexts, String, String> writing, double stated) {
        GeneratedTexts texts = new GeneratedTexts(SEED);
        PersonalDataScrubber scrubber = new PersonalDataScrubber();
        List<String> changed = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            String text = texts.before() + writing.apply(texts, texts.decoy()) + texts.after();
            if (!scrubber.scrub(text).replacements().isEmpty()) {
                changed.add(text + " -> " + scrubber.scrub(text).text());
            }
        }
        assertThat(changed.size() / (double) TEXTS).as("changed: %s", changed).isLessThanOrEqualTo(stated);
    }
}
