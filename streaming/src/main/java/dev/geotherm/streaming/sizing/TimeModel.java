package dev.geotherm.streaming.sizing;

/**
 * A linear model of the time of a batch, {@code fixed + perCost * cost}, fitted to recent batches by least squares with
 * exponentially falling weights.
 *
 * <p>A time above twice or below half of the expected one is clamped to that bound, unless the previous one deviated in the same
 * direction: then the costs have changed, and the model starts over.
 *
 * <p>Both coefficients are at least 0. A weak ridge pulls the model towards a fixed time of 0: while all batches have had the
 * same cost, the model is the smoothed time per cost.
 */
final class TimeModel {
    private static final double FORGETTING = 0.96;
    private static final double RIDGE = 0.01;
    private static final double INITIAL_ERROR = 0.1;
    private static final double UNUSUAL = 2;

    /** The sum of the weights; 0 while the model is empty. */
    private double weight;

    private double meanCost;
    private double meanNanos;

    /** The weighted sum of the squared deviations of the costs from their mean. */
    private double costDeviations;

    /** The weighted sum of the products of the deviations of costs and times. */
    private double mixedDeviations;

    /** The smoothed square of the relative error of the predictions. */
    private double squaredError = INITIAL_ERROR * INITIAL_ERROR;

    private int lastDeviation;

    boolean isEmpty() {
        return weight == 0;
    }

    /** Learns from a batch. Both numbers are positive. */
    void learn(double cost, double nanos) {
        add(cost, isEmpty() ? nanos : clamped(nanos, nanos(cost)));
    }

    /** Returns the clamped time to learn; clears the model if the costs have changed. */
    private double clamped(double taken, double expected) {
        int deviation = taken > UNUSUAL * expected ? 1 : taken * UNUSUAL < expected ? -1 : 0;
        boolean changed = deviation != 0 && deviation == lastDeviation;
        lastDeviation = deviation;
        if (changed) {
            clear();
            return taken;
        }
        return Math.max(expected / UNUSUAL, Math.min(taken, expected * UNUSUAL));
    }

    private void add(double cost, double nanos) {
        if (!isEmpty()) {
            double error = nanos / nanos(cost) - 1;
            squaredError += (1 - FORGETTING) * (error * error - squaredError);
        }
        weight = FORGETTING * weight + 1;
        double costDeviation = cost - meanCost;
        double nanosDeviation = nanos - meanNanos;
        meanCost += costDeviation / weight;
        meanNanos += nanosDeviation / weight;
        costDeviations = FORGETTING * costDeviations + costDeviation * (cost - meanCost);
        mixedDeviations = FORGETTING * mixedDeviations + costDeviation * (nanos - meanNanos);
    }

    private void clear() {
        weight = 0;
        meanCost = 0;
        meanNanos = 0;
        costDeviations = 0;
        mixedDeviations = 0;
    }

    /** Returns the expected time of a batch; positive. */
    double nanos(double cost) {
        return fixedNanos() + nanosPerCost() * cost;
    }

    /** Returns the mean time of recent batches. */
    double meanNanos() {
        return meanNanos;
    }

    double fixedNanos() {
        return Math.max(0, meanNanos - nanosPerCost() * meanCost);
    }

    double nanosPerCost() {
        double slope = (mixedDeviations + ridge() * proportionalNanosPerCost()) / (costDeviations + ridge());
        return Math.min(Math.max(slope, 0), proportionalNanosPerCost());
    }

    /** Returns the time per cost of a model without fixed time: an upper bound. */
    double proportionalNanosPerCost() {
        return meanNanos / meanCost;
    }

    /** Returns the standard error of the fixed time. */
    double fixedError() {
        return meanNanos * meanCost * Math.sqrt(squaredError / (costDeviations + ridge()));
    }

    /** Returns the variance of the costs relative to their squared mean. */
    double relativeVariance() {
        return costDeviations / (weight * meanCost * meanCost);
    }

    private double ridge() {
        return RIDGE * meanCost * meanCost;
    }
}
