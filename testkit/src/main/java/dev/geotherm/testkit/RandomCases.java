package dev.geotherm.testkit;

import java.util.Random;
import java.util.SplittableRandom;
import org.opentest4j.TestAbortedException;

/**
 * A runner of property tests with random input that reports how to replay a failure.
 *
 * <p>Each run uses a new seed, or the seed in the system property {@code geotherm.seed}. If {@code geotherm.case} is also
 * set, only the case with that number runs.
 */
public final class RandomCases {
    private RandomCases() {}

    /** A property that draws its input from a random generator. */
    @FunctionalInterface
    public interface Property {

        /** Checks the property for one case, which has its own generator. */
        void check(Random random) throws Exception;
    }

    /**
     * Checks a property for a number of cases, one after the other.
     *
     * @throws AssertionError for the first failing case; the message contains the seed and the number of the case, and the
     *     cause is the failure
     */
    public static void run(int cases, Property property) {
        if (cases < 1) {
            throw new IllegalArgumentException("cases must be at least 1, was " + cases);
        }
        long seed = Long.getLong("geotherm.seed", new SplittableRandom().nextLong());
        Integer only = Integer.getInteger("geotherm.case");
        if (only != null) {
            check(seed, only, property);
            return;
        }
        for (int number = 0; number < cases; number++) {
            check(seed, number, property);
        }
    }

    private static void check(long seed, int number, Property property) {
        try {
            // Mixed, because Random returns similar first values for adjacent seeds.
            property.check(new Random(new SplittableRandom(seed + number).nextLong()));
        } catch (TestAbortedException skipped) {
            throw skipped;
        } catch (Exception | AssertionError failed) {
            throw new AssertionError(
                    "case " + number + " of seed " + seed + " failed; replay it with -Dgeotherm.seed=" + seed
                            + " -Dgeotherm.case=" + number + ": " + failed,
                    failed);
        }
    }
}
