package dev.geotherm.batch.job;

import dev.geotherm.api.RateLimit;
import dev.geotherm.api.UnavailableException;

/** A thread-safe gate at which each call of a job's function waits for the rate limit. */
final class RequestGate {
    /** Bounds the search through causes, which can form a cycle. */
    private static final int DEEPEST = 32;

    private final RateLimit limit;
    private final BatchQueue batches;

    /**
     * Creates a gate.
     *
     * @param batches the queue that ends the wait when it is stopped
     */
    RequestGate(RateLimit limit, BatchQueue batches) {
        this.limit = limit;
        this.batches = batches;
    }

    /**
     * Waits for permission to make a call of the given cost.
     *
     * @throws JobStopped if the job is stopped while waiting
     */
    void await(long cost) {
        try {
            limit.acquire(cost, batches::awaitStop);
        } catch (InterruptedException interrupted) {
            batches.stop();
            throw new JobStopped();
        }
    }

    /** If a failure carries a retry delay, makes every user of the limit wait for that delay. */
    void failed(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (cause instanceof UnavailableException unavailable) {
                unavailable.retryAfter().ifPresent(limit::holdFor);
                return;
            }
            cause = cause.getCause();
        }
    }
}
