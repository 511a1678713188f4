package dev.geotherm.pool.striped;

import java.util.function.LongSupplier;

/** Tells when an interval is over that begins anew each time it is started; for one thread. */
final class Timer {
    private final LongSupplier interval;
    private long end;

    /** Starts with the given interval, in nanoseconds, which is asked for at each start. */
    Timer(LongSupplier interval) {
        this.interval = interval;
        start();
    }

    void start() {
        end = System.nanoTime() + interval.getAsLong();
    }

    /** Returns how many nanoseconds are left; none or fewer when it is over. */
    long left() {
        return end - System.nanoTime();
    }

    boolean isOver() {
        return left() <= 0;
    }
}
