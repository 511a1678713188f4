package dev.geotherm.streaming;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * A circuit breaker: it opens when a batch fails because what the processor depends on is unavailable, and admits single batches as
 * trials, with increasing delays, until one succeeds. Guarded by the queue's monitor.
 */
final class CircuitBreaker {
    /** The shortest delay before a trial, so that a delay of 0 does not keep a CPU core busy. */
    private static final long SHORTEST_DELAY = TimeUnit.MILLISECONDS.toNanos(1);

    private final DoubleSupplier random;
    private boolean open;
    private boolean trying;
    private int failures;
    private long openedNanos;
    private long retryNanos;
    private long outages;
    private long closedOutagesNanos;
    private long successes;

    /** Creates a closed breaker with a source of random numbers from 0 to 1. */
    CircuitBreaker(DoubleSupplier random) {
        this.random = random;
    }

    boolean isOpen() {
        return open;
    }

    /** Returns the nanoseconds until a batch may start: 0 or less if it may now. */
    long nanosUntilAdmission(long now) {
        return !open ? 0 : trying ? Long.MAX_VALUE : retryNanos - now;
    }

    /** Returns the nanoseconds until the next trial of an outage; 0 or less if none is due. */
    long nanosUntilTrial(long now) {
        return open && !trying ? retryNanos - now : 0;
    }

    /** Records that a batch starts; returns whether it is a trial. */
    boolean started() {
        trying = open;
        return open;
    }

    /** Records that a batch ended without calling the processor; if it was a trial, another trial may start. */
    void withdraw(boolean trial) {
        trying = trying && !trial;
    }

    /**
     * Returns how many batches have not failed as unavailable so far, except those that began before an outage and ended in it.
     */
    long successes() {
        return successes;
    }

    /** Returns how many trials have failed since the breaker opened, including the failure that opened it. */
    int failures() {
        return failures;
    }

    /** Records the end of a batch that has not failed as unavailable. Closes the breaker if it was a trial. */
    void succeeded(boolean trial, long now) {
        if (!open || trial) {
            successes++;
        }
        if (trial && open) {
            open = false;
            trying = false;
            closedOutagesNanos += now - openedNanos;
        }
    }

    /**
     * Records the end of a batch that has failed as unavailable: opens the breaker, or delays the next trial if this was one.
     *
     * @return the nanoseconds until the next trial
     */
    long failed(boolean trial, long now, long retryAfterNanos, RetrySettings settings) {
        if (!open) {
            open = true;
            openedNanos = now;
            outages++;
            failures = 0;
            retryNanos = now;
        }
        if (failures == 0 || trial) {
            failures++;
            retryNanos = now + Math.max(SHORTEST_DELAY, settings.delayNanos(failures, random.getAsDouble()));
        }
        trying = trying && !trial;
        retryNanos = Math.max(retryNanos, now + retryAfterNanos);
        return retryNanos - now;
    }

    /** Admits a trial at once, because little time is left. */
    void retryNow(long now) {
        retryNanos = now;
        failures = Math.min(failures, 1);
    }

    long outages() {
        return outages;
    }

    /** Returns the total time of all outages. */
    long openNanos(long now) {
        return closedOutagesNanos + (open ? now - openedNanos : 0);
    }
}
