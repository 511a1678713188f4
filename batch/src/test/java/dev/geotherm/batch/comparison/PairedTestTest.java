package dev.geotherm.batch.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedTestTest {
    /** Student's data of 1908: the additional hours of sleep with a second drug. */
    private static final double[] SLEEP = {1.2, 2.4, 1.3, 1.3, 0, 1.0, 1.8, 0.8, 4.6, 1.4};

    @Test
    void t_yieldsThePublishedValue() {
        assertThat(PairedTest.t(SLEEP)).isCloseTo(0.002833, within(1e-6));
        assertThat(Interval.ofMean(SLEEP).low()).isCloseTo(0.7001142, within(1e-6));
        assertThat(Interval.ofMean(SLEEP).high()).isCloseTo(2.4598858, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"1, 12.7062047", "2, 4.3026527", "9, 2.2621572", "30, 2.0422725", "224, 1.9706112", "100000, 1.9599877"
    })
    void withTails_yieldsTheTabulatedValues(int degrees, double value) {
        assertThat(new StudentT(degrees).withTails(0.05)).isCloseTo(value, within(1e-6));
        assertThat(new StudentT(degrees).tails(-value)).isCloseTo(0.05, within(1e-7));
    }

    @Test
    void t_withoutVarianceIsOneOrZero() {
        assertThat(PairedTest.t(new double[] {})).isEqualTo(1);
        assertThat(PairedTest.t(new double[] {0.5})).isEqualTo(1);
        assertThat(PairedTest.t(new double[5])).isEqualTo(1);
        assertThat(PairedTest.t(new double[] {0.1, 0.1, 0.1})).isZero();
        assertThat(Interval.ofMean(new double[] {0.5}).low()).isNaN();
    }

    @Test
    void randomization_ofFewDifferencesIsExact() {
        assertThat(PairedTest.randomization(SLEEP)).isEqualTo(2 / 512.0);
        assertThat(PairedTest.randomization(new double[] {})).isEqualTo(1);
        assertThat(PairedTest.randomization(new double[] {0.3, 0, 0})).isEqualTo(1);
        // Of the 8 sums of 1, 2 and 3 with any signs, those of 6, 4, -4 and -6 are at least as far from 0 as 1 - 2 - 3.
        assertThat(PairedTest.randomization(new double[] {1, -2, -3})).isEqualTo(4 / 8.0);
    }

    @Test
    void randomization_ofManyDifferencesIsNearThatOfTheTTest() {
        Random random = new Random(7);
        for (double shift : new double[] {0, 0.02, 0.05}) {
            double[] differences = IntStream.range(0, 200)
                    .mapToDouble(i -> shift + random.nextGaussian() * 0.3)
                    .toArray();
            assertThat(PairedTest.randomization(differences)).isCloseTo(PairedTest.t(differences), within(0.02));
            assertThat(PairedTest.randomization(differences)).isEqualTo(PairedTest.randomization(differences));
        }
    }

    @Test
    void randomization_ofALargeEffectIsTheSmallestPossible() {
        double[] differences = IntStream.range(0, 130).mapToDouble(i -> 1).toArray();
        assertThat(PairedTest.randomization(differences)).isEqualTo(1 / 20_001.0);
    }

    @Test
    void holm_correctsByRankAndKeepsTheOrder() {
        assertThat(PairedTest.holm(new double[] {0.03, 0.01, 0.04, 0.5}))
                .containsExactly(new double[] {0.09, 0.04, 0.09, 0.5}, within(1e-12));
        assertThat(PairedTest.holm(new double[] {0.9, 0.8})).containsExactly(1, 1);
        assertThat(PairedTest.holm(new double[] {})).isEmpty();
    }
}
