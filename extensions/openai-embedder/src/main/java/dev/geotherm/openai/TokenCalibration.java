package dev.geotherm.openai;

/**
 * The ratio of a model's tokens to their estimate, learned from the usage that the server states. A higher ratio counts at once, a
 * lower one gradually, so that budgets are rather too small than too large. Safe for use by many threads.
 */
final class TokenCalibration {
    private static final double GRADUALLY = 0.1;
    private static final double LOWEST = 0.1;
    private static final double HIGHEST = 10;

    private double ratio = 1;

    /** Returns the tokens that are expected of texts with an estimate; at least 1. */
    synchronized long expected(long estimate) {
        return Math.max(1, (long) Math.ceil(estimate * ratio));
    }

    /** Learns from an answer. */
    synchronized void observe(long estimate, long actual) {
        if (estimate > 0 && actual > 0) {
            double seen = Math.min(HIGHEST, Math.max(LOWEST, (double) actual / estimate));
            ratio = seen > ratio ? seen : ratio + GRADUALLY * (seen - ratio);
        }
    }
}
