package dev.geotherm.streaming;

import dev.geotherm.streaming.sizing.BatchTimePredictor;
import java.util.List;

/**
 * A forecast of how long a new fragment waits for the fragments ahead of it, the running batches, the rate limit and an outage. It is
 * 0 until a batch has ended. Guarded by the queue's monitor.
 */
final class SojournForecast<T> {
    private final Lanes<T> lanes;
    private final List<RunningBatch<T>> running;
    private final CurrentSizing sizing;
    private final RequestLimit limit;
    private final CircuitBreaker breaker;
    private final BatchTimePredictor predictor = new BatchTimePredictor();

    SojournForecast(
            Lanes<T> lanes,
            List<RunningBatch<T>> running,
            CurrentSizing sizing,
            RequestLimit limit,
            CircuitBreaker breaker) {
        this.lanes = lanes;
        this.running = running;
        this.sizing = sizing;
        this.limit = limit;
        this.breaker = breaker;
    }

    void learn(double cost, long nanos) {
        predictor.learn(cost, nanos);
    }

    /**
     * Returns the expected nanoseconds until a new fragment is processed.
     *
     * @param ahead the number of fragments that are processed first
     */
    long nanosUntilProcessed(int ahead, int workers, long now) {
        return nanosUntilStart(ahead, workers, now) + (long) predictor.usualNanos();
    }

    /**
     * Returns the expected nanoseconds until the batch of a new fragment starts.
     *
     * @param ahead the number of fragments that are processed first
     */
    long nanosUntilStart(int ahead, int workers, long now) {
        double full = fullBatches(ahead);
        double batches = Math.floor(full); // the new fragment fits into the last, partial one
        double batchCost = lanes.cost() / Math.max(1, fullBatches(lanes.ready()));
        double untilFree = Math.max(
                (double) Math.max(limit.nanosUntilFree(), breaker.nanosUntilTrial(now)),
                running.size() < workers ? 0 : nanosUntilEnd(now));
        double rounds = Math.floor(batches / workers);
        return (long) (untilFree
                + Math.max(rounds * predictor.nanos(batchCost), limit.nanosFor(batches, batches * batchCost)));
    }

    /** Returns how many batches a number of ready fragments fill, at their mean cost. */
    private double fullBatches(int fragments) {
        double cost = lanes.cost() * fragments / Math.max(1, lanes.ready());
        return Math.max((double) fragments / sizing.maxFragments(), cost / sizing.maxCost());
    }

    /** Returns the expected nanoseconds until the first running batch ends; at least 0. */
    private double nanosUntilEnd(long now) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < running.size(); i++) {
            RunningBatch<T> batch = running.get(i);
            nearest = Math.min(nearest, predictor.nanos((double) batch.cost) - (now - batch.startedNanos));
        }
        return Math.max(0, nearest);
    }
}
