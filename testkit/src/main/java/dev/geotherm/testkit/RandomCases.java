package dev.geotherm.testkit;

import java.util.Random;
import java.util.SplittableRandom;
import org.opentest4j.TestAbortedException;

/**
 * Runs a property on random input, and says on failure how to see the same input again.
 *
 * <p>Each run takes a new seed, unless the system property {@code geotherm.seed} gives one. With
 * {@code geotherm.case} as well, only the case of that number is run.
 */
public final class RandomCases {
    private RandomCases() {}

    /** One case: draws its input from the generator and checks the property. */
    @FunctionalInterface
    public interface Property {

        /** Checks the property on input drawn from the generator, which belongs to this case alone. */
        void check(Random random) throws Exception;
    }

    /**
     * Checks a property as many times as asked for, one after another.
     *
     * @throws AssertionError at the first case that fails, with the seed and the case's number in its message and the
     *     failure as its cause
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
            // Scrambled, because neighbouring seeds give a Random similar first draws.
            property.check(new Random(new SplittableRandom(seed + number).nextLong()));
        } catch (TestAbortedException skipped) {
            throw skipped;
        } catch (Exception | AssertionError failed) {
            throw new AssertionError(
                    "case " + number + " of seed " + seed + " failed, replay it with -Dgeotherm.seed=" + seed
                            + " -Dgeotherm.case=" + number + ": " + failed,
                    failed);
        }
    }
}
