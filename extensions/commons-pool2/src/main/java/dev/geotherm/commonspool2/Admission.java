package dev.geotherm.commonspool2;

import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.WhenExhausted;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets as many holders into a pool as its bound allows; the others are refused, let in beyond it, or wait in the order of
 * their coming.
 *
 * <p>Who leaves hands its place to the first waiter before the lock is let go, so nobody can overtake.
 */
final class Admission {
    private final String pool;
    private final Supplier<CommonsPoolsSettings> settings;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Waiter> waiters = new ArrayDeque<>();
    private int inside;
    private boolean closed;
    private long waits;
    private long waitedNanos;

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
     * Enters.
     *
     * @throws PoolExhaustedException if there is no room and the settings do not let the caller wait, or not for longer
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
            if (!waiter.admitted) { // a place that was given is kept: nobody else would get it
                throw exhausted(inForce, ", and the thread was interrupted while it waited for one");
            }
        } finally {
            if (!waiter.admitted) {
                waiters.remove(waiter);
            }
            waitedNanos += System.nanoTime() - start;
        }
    }

    /** Leaves, and lets in who waits. */
    void leave() {
        lock.lock();
        try {
            inside--;
            admitWaiters();
        } finally {
            lock.unlock();
        }
    }

    /** Puts changed settings in force. */
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

    /** Lets nobody in any more, and wakes up who waits; returns false if that was so before. */
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

    long waits() {
        lock.lock();
        try {
            return waits;
        } finally {
            lock.unlock();
        }
    }

    Duration waited() {
        lock.lock();
        try {
            return Duration.ofNanos(waitedNanos);
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
