package dev.geotherm.batch.job;

import dev.geotherm.api.RateLimit;
import dev.geotherm.api.UnavailableException;

/** A gate that makes each call of a job's function wait for the rate limit. Safe for use by many threads. */
final class RequestGate {
    /** Causes can form a cycle. */
    private static final int DEEPEST = 32;

    private final RateLimit limit;
    private final BatchQueue batches;

    /**
     * Creates a gate.
     *
     * @param batches ends the wait when it is stopped
     */
    RequestGate(RateLimit limit, BatchQueue batches) {
        this.limit = limit;
        this.batches = batches;
    }

    /**
     * Waits until a call with the given cost may be made.
     *
     * @throws JobStopped if the job was stopped meanwhile
     */
    void await(long cost) {
        try {
            limit.acquire(cost, batches::awaitStop);
        } catch (InterruptedException interrupted) {
            batches.stop();
            throw new JobStopped();
        }
    }

    /** Holds everything that shares the limit, if a failure says for how long. */
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
