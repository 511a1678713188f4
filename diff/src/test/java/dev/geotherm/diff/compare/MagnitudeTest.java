package dev.geotherm.diff.compare;

import dev.geotherm.diff.codec.BinaryForm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.DoubleNode;
import dev.geotherm.testkit.RandomCases;
import org.junit.jupiter.api.Test;

class MagnitudeTest {

    @Test
    void twoDigitsAreKept() {
        assertThat(Magnitude.rounded(0)).isZero();
        assertThat(Magnitude.rounded(1)).isEqualTo(1);
        assertThat(Magnitude.rounded(1 / 3.0)).isEqualTo(0.33);
        assertThat(Magnitude.rounded(0.0012345)).isEqualTo(0.0012);
        assertThat(Magnitude.rounded(0.9999)).isEqualTo(1);
        assertThat(Magnitude.of(DoubleNode.valueOf(1), DoubleNode.valueOf(3))).isEqualTo(0.67);
    }

    @Test
    void whatIsRoundedTakesAShortNumberInABinaryDelta() {
        RandomCases.run(1_000, random -> {
            double magnitude = Magnitude.rounded(Math.pow(10, -8 * random.nextDouble()));
            int digits = BinaryForm.digits(magnitude);
            assertThat(digits).as("%s", magnitude).isBetween(0, BinaryForm.MOST_DIGITS);
            assertThat(BinaryForm.ofDigits(digits)).isEqualTo(magnitude);
        });
    }
}
