package dev.geotherm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenEstimateTest {

    /** The tokens of the encoding cl100k_base for these texts. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "The quick brown fox jumps over the lazy dog. | 10",
                "public static void main(String[] args) { | 8",
                "3.14159265358979 | 6",
                "Привет, мир | 6",
                "こんにちは世界 | 4",
            })
    void of_isAtLeastTheTokensOfAKnownEncoding(String text, int tokens) {
        assertThat(TokenEstimate.of(text)).isBetween(tokens, tokens * 5);
    }

    @Test
    void starts_areAsManyAsTheEstimateWithoutItsMarkers() {
        for (String text : List.of("The quick brown fox.", "Привет, мир", "こんにちは世界", "😀😀 a", "")) {
            assertThat(TokenEstimate.starts(text)).as(text).hasSize(TokenEstimate.of(text) - 2);
        }
        assertThat(TokenEstimate.starts("abcd 7")).containsExactly(0, 3, 5);
    }

    @Test
    void truncate_keepsWhatIsShortEnough() {
        assertThat(TokenEstimate.truncate("a b c", TokenEstimate.of("a b c"))).isEqualTo("a b c");
    }

    @Test
    void truncate_isWithinTheMaximum() {
        String text = "words, числа 12345 und 漢字 😀😀 ".repeat(20);
        for (int tokens = 6; tokens < 200; tokens++) {
            assertThat(TokenEstimate.of(TokenEstimate.truncate(text, tokens))).isLessThanOrEqualTo(tokens);
        }
    }

    @Test
    void truncate_doesNotSplitASurrogatePair() {
        for (int tokens = 0; tokens < 12; tokens++) {
            assertThat(TokenEstimate.truncate("😀😀😀", tokens)).matches("(😀)+");
        }
    }

    @Test
    void calibration_risesAtOnceAndFallsGradually() {
        TokenCalibration calibration = new TokenCalibration();
        calibration.observe(100, 200);
        assertThat(calibration.expected(100)).isEqualTo(200);
        calibration.observe(100, 100);
        assertThat(calibration.expected(100)).isEqualTo(190);
        calibration.observe(100, 0);
        assertThat(calibration.expected(100)).isEqualTo(190);
        calibration.observe(1, 1_000_000);
        assertThat(calibration.expected(100)).isEqualTo(1000);
    }
}
