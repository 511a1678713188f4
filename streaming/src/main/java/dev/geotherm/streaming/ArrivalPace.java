package dev.geotherm.streaming;

import java.util.concurrent.locks.LockSupport;

/**
 * The pace at which fragments arrive while a worker has nothing to do. If they arrive in quick succession, the worker sleeps for
 * a moment before it waits for a signal: waking it for every few fragments would cost more than processing them. Not thread-safe.
 */
final class ArrivalPace {
    /** The requested length of a sleep; with the usual granularity of timers, it takes 60 µs. */
    private static final long SLEEP_NANOS = 1_000;

    /** The time without a fragment below which a gap is short. */
    private static final long SHORT_NANOS = 30_000;

    /** The number of successive short gaps after which the worker sleeps. */
    private static final int SHORT_TIMES = 3;

    /** The number of fragments that must arrive during a sleep to make it worthwhile. */
    private static final int MIN_ARRIVALS = 8;

    private int shortTimes;
    private boolean slept;
    private boolean wasEmpty;
    private long emptySince;

    /** Records that a batch has ended, and whether the queue is empty. */
    void ended(boolean isEmpty, long now) {
        wasEmpty = isEmpty;
        emptySince = now;
    }

    /** Returns whether to sleep now: the queue was empty, and fragments arrive in quick succession. */
    boolean shouldSleep() {
        slept = wasEmpty && shortTimes >= SHORT_TIMES;
        return slept;
    }

    static void sleep() {
        LockSupport.parkNanos(SLEEP_NANOS);
    }

    /**
     * Records that a batch starts.
     *
     * @param waiting the number of fragments that were waiting
     * @param arrivedNanos the time at which the first one had arrived
     */
    void started(int waiting, long arrivedNanos) {
        if (slept) {
            shortTimes = waiting < MIN_ARRIVALS ? 0 : shortTimes;
        } else if (wasEmpty) {
            shortTimes = arrivedNanos - emptySince < SHORT_NANOS ? shortTimes + 1 : 0;
        }
        wasEmpty = false;
    }
}
