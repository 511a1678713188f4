package dev.geotherm.commonspool2;

import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.WhenExhausted;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;

/**
 * The admission control of a pool. It admits borrowers up to the bound. Beyond the bound, it refuses them, admits them
 * anyway, or makes them wait in order of arrival.
 *
 * <p>A leaving borrower passes its capacity to the first waiter before it releases the lock, so no caller can overtake the
 * waiter.
 *
 * <p>It uses a lock and conditions instead of a monitor, because before JDK 24 a virtual thread that waits in a monitor pins
 * its carrier. {@link CommonsPool} reserves stack space before it calls a method, so a stack overflow leaves no lock held. A
 * lock-free fast path, as in {@code geotherm-pool}, would gain little here, because Commons Pool takes several locks per
 * use.
 */
final class Admission {
    private final String pool;
    private final Supplier<CommonsPoolsSettings> settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private int inside;
    private boolean closed;
    private long waits;
    private final Histogram waitNanos = new Histogram(2);

    private static final class Waiter {
        private final Condition condition;
        private boolean admitted;

        Waiter(Condition condition) {
            this.condition = condition;
        }
    }

    Admission(String pool, Supplier<CommonsPoolsSettings> settings) {
        this.pool = pool;
        this.settings = settings;
    }

    /**
     * Admits the calling borrower, possibly after a wait.
     *
     * @throws PoolExhaustedException if the bound is reached and the settings do not allow waiting, or the wait has timed
     *     out
     * @throws IllegalStateException if the pool is closed
     */
    void enter() {
        lock.lock();
        try {
            requireOpen();
            CommonsPoolsSettings inForce = settings.get();
            if (hasRoom(inForce)) {
                inside++;
            } else if (inForce.whenExhausted() == WhenExhausted.FAIL) {
                throw exhausted(inForce, "; set whenExhausted to allocate or wait, or raise maxSize");
            } else {
                await(inForce);
            }
        } finally {
            lock.unlock();
        }
    }

    private void await(CommonsPoolsSettings inForce) {
        Waiter waiter = new Waiter(lock.newCondition());
        waiters.addLast(waiter);
        waits++;
        long start = System.nanoTime();
        long left = inForce.maxWait().toNanos();
        try {
            while (!waiter.admitted) {
                requireOpen();
                if (left <= 0) {
                    throw exhausted(
                            inForce,
                            " and none came free within " + inForce.maxWait().toMillis()
                                    + " ms; raise maxWait or maxSize");
                }
                left = waiter.condition.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            if (!waiter.admitted) { // an admitted caller stays admitted, because no one else would use the capacity
                throw exhausted(inForce, ", and the thread was interrupted while it waited for one");
            }
        } finally {
            if (!waiter.admitted) {
                waiters.remove(waiter);
            }
            waitNanos.recordValue(System.nanoTime() - start);
        }
    }

    /** Releases the capacity of a borrower, and admits a waiter. */
    void leave() {
        lock.lock();
        try {
            inside--;
            admitWaiters();
        } finally {
            lock.unlock();
        }
    }

    /** Applies changed settings. */
    void adapt() {
        lock.lock();
        try {
            admitWaiters();
        } finally {
            lock.unlock();
        }
    }

    private void admitWaiters() {
        while (!closed && !waiters.isEmpty() && hasRoom(settings.get())) {
            inside++;
            Waiter first = waiters.removeFirst();
            first.admitted = true;
            first.condition.signal();
        }
    }

    private boolean hasRoom(CommonsPoolsSettings inForce) {
        return inForce.whenExhausted() == WhenExhausted.ALLOCATE || inside < inForce.maxSize();
    }

    /** Refuses all callers from now on and wakes the waiters. Returns false if already closed. */
    boolean close() {
        lock.lock();
        try {
            boolean first = !closed;
            closed = true;
            waiters.forEach(waiter -> waiter.condition.signal());
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether a borrower has been admitted and has not left. */
    boolean isOccupied() {
        lock.lock();
        try {
            return inside > 0;
        } finally {
            lock.unlock();
        }
    }

    long waits() {
        lock.lock();
        try {
            return waits;
        } finally {
            lock.unlock();
        }
    }

    Distribution waitTime() {
        lock.lock();
        try {
            return Distribution.of(
                    waitNanos.getTotalCount(), waitNanos.getMean(), waitNanos::getValueAtPercentile, 1e-9);
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("pool " + pool + " is closed");
        }
    }

    private PoolExhaustedException exhausted(CommonsPoolsSettings inForce, String what) {
        return new PoolExhaustedException("pool " + pool + ": all " + inForce.maxSize() + " objects are in use" + what);
    }
}
