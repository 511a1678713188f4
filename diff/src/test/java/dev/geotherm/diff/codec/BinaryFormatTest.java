package dev.geotherm.diff.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.diff.compare.Magnitude;
import dev.geotherm.testkit.RandomCases;
import org.junit.jupiter.api.Test;

class BinaryFormatTest {

    @Test
    void digits_ofARoundedMagnitudeAreAShortNumber() {
        RandomCases.run(1_000, random -> {
            double magnitude = Magnitude.rounded(Math.pow(10, -8 * random.nextDouble()));
            int digits = BinaryFormat.digits(magnitude);
            assertThat(digits).as("%s", magnitude).isBetween(0, BinaryFormat.MAX_DIGITS);
            assertThat(BinaryFormat.ofDigits(digits)).isEqualTo(magnitude);
        });
    }
}
