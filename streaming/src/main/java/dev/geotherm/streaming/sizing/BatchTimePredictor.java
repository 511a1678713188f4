package dev.geotherm.streaming.sizing;

/**
 * A predictor of batch times that learns a {@link TimeModel} under every sizing rule. Guarded by the queue's monitor.
 */
public final class BatchTimePredictor {
    private static final double SMALLEST_COST = 1e-6;

    private final TimeModel model = new TimeModel();

    /** Learns from a batch that took the given time. */
    public void learn(double cost, long nanos) {
        model.learn(Math.max(cost, SMALLEST_COST), (double) Math.max(1, nanos));
    }

    /** Returns the usual time of a batch in nanoseconds; 0 until one has ended. */
    public double usualNanos() {
        return model.meanNanos();
    }

    /** Returns the expected time of a batch in nanoseconds; 0 until one has ended. */
    public double nanos(double cost) {
        return model.isEmpty() ? 0 : model.nanos(cost);
    }
}
