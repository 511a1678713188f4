package dev.geotherm.pool.none;

import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.WhenExhausted;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Lets callers into a {@link NonePool}: any number, or as many at once as its bound says; the others wait in the order of
 * their coming, or are refused.
 *
 * <p>The lock is for those who wait, and for those who leave while somebody does. Who begins to wait counts itself first
 * and looks for room then, who leaves makes room first and looks for waiters then: so one of the two sees the other.
 */
final class Admission {
    private final String pool;
    private final Supplier<NonePoolsSettings> settings;
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final LongAdder waits = new LongAdder();
    private final LongAdder waitedNanos = new LongAdder();

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Caller> queue = new ArrayDeque<>();

    /** Who waits; guarded by the lock. */
    private static final class Caller {
        private final Condition condition;
        private boolean admitted;

        Caller(Condition condition) {
            this.condition = condition;
        }
    }

    Admission(String pool, Supplier<NonePoolsSettings> settings) {
        this.pool = pool;
        this.settings = settings;
    }

    /** Lets the caller in; who was let in and served leaves by {@link #leave}. */
    void enter() {
        requireOpen();
        NonePoolsSettings inForce = settings.get();
        if (inForce.whenExhausted() == WhenExhausted.WAIT) {
            if (waiting.get() > 0 || !admit(inForce)) {
                await(inForce);
            }
        } else if (!admit(inForce)) {
            throw exhausted(inForce, "; set whenExhausted to allocate or wait, or raise maxSize");
        }
    }

    private boolean admit(NonePoolsSettings inForce) {
        if (inForce.whenExhausted() == WhenExhausted.ALLOCATE) {
            inside.incrementAndGet();
            return true;
        }
        int now = inside.get();
        while (now < inForce.maxSize()) {
            if (inside.compareAndSet(now, now + 1)) {
                return true;
            }
            now = inside.get();
        }
        return false;
    }

    private void await(NonePoolsSettings inForce) {
        waits.increment();
        long start = System.nanoTime();
        long left = inForce.maxWait().toNanos();
        lock.lock();
        Caller caller = new Caller(lock.newCondition());
        queue.addLast(caller);
        waiting.incrementAndGet();
        try {
            admitWaiting();
            while (!caller.admitted) {
                requireOpen();
                if (left <= 0) {
                    throw exhausted(
                            inForce,
                            " and none came free within " + inForce.maxWait().toMillis()
                                    + " ms; raise maxWait or maxSize");
                }
                left = caller.condition.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            if (!caller.admitted) { // who was let in stays in: nobody else would use the room
                throw exhausted(inForce, ", and the thread was interrupted while it waited for one");
            }
        } finally {
            if (!caller.admitted) {
                queue.remove(caller);
                waiting.decrementAndGet();
            }
            lock.unlock();
            waitedNanos.add(System.nanoTime() - start);
        }
    }

    /** Takes note that who was let in has an object now. */
    void served() {
        int now = inside.get();
        if (now > peak.get()) {
            peak.accumulateAndGet(now, Math::max);
        }
    }

    void leave() {
        inside.decrementAndGet();
        if (waiting.get() > 0) {
            serve();
        }
    }

    /** Lets those in who wait and for whom there is room. */
    void serve() {
        lock.lock();
        try {
            admitWaiting();
        } finally {
            lock.unlock();
        }
    }

    private void admitWaiting() {
        while (!queue.isEmpty() && !closed.get() && admit(settings.get())) {
            Caller first = queue.removeFirst();
            waiting.decrementAndGet();
            first.admitted = true;
            first.condition.signal();
        }
    }

    /** Refuses everybody from now on, also those who wait; returns whether it did not before. */
    boolean close() {
        if (!closed.compareAndSet(false, true)) {
            return false;
        }
        lock.lock();
        try {
            queue.forEach(caller -> caller.condition.signal());
            return true;
        } finally {
            lock.unlock();
        }
    }

    int peak() {
        return peak.get();
    }

    long waits() {
        return waits.sum();
    }

    long waitedNanos() {
        return waitedNanos.sum();
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("pool " + pool + " is closed");
        }
    }

    private PoolExhaustedException exhausted(NonePoolsSettings inForce, String what) {
        return new PoolExhaustedException("pool " + pool + ": all " + inForce.maxSize() + " objects are in use" + what);
    }
}
