package dev.geotherm.storage;

import java.util.Random;

/** A runner of repeatable random cases: a failure names its seed, and {@code -Dgeotherm.seed=N} replays it. */
public final class Seeds {
    private Seeds() {}

    /** A case. */
    @FunctionalInterface
    public interface Case {
        void run(Random random) throws Exception;
    }

    public static void run(int cases, Case each) throws Exception {
        Long given = Long.getLong("geotherm.seed");
        long seed = given == null ? System.nanoTime() : given;
        for (int i = 0; i < (given == null ? cases : 1); i++, seed++) {
            try {
                each.run(new Random(seed));
            } catch (Exception | AssertionError failed) {
                throw new AssertionError("with -Dgeotherm.seed=" + seed + ": " + failed.getMessage(), failed);
            }
        }
    }
}
