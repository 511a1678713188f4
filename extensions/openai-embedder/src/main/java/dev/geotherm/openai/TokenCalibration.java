package dev.geotherm.openai;

/**
 * The ratio of a model's tokens to their estimate, learned from the usage that the server reports. The ratio rises
 * immediately and falls gradually, which keeps budgets on the low side. Thread-safe.
 */
final class TokenCalibration {
    private static final double GRADUALLY = 0.1;
    private static final double LOWEST = 0.1;
    private static final double HIGHEST = 10;

    private double ratio = 1;

    /** Returns the expected number of tokens for an estimate; at least 1. */
    synchronized long expected(long estimate) {
        return Math.max(1, (long) Math.ceil(estimate * ratio));
    }

    /** Learns from a response. */
    synchronized void observe(long estimate, long actual) {
        if (estimate > 0 && actual > 0) {
            double seen = Math.min(HIGHEST, Math.max(LOWEST, (double) actual / estimate));
            ratio = seen > ratio ? seen : ratio + GRADUALLY * (seen - ratio);
        }
    }
}
