package dev.geotherm.pool.none;

import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.WhenExhausted;
import dev.geotherm.pool.metrics.WaitTimes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The admission control of a {@link NonePool}. It admits any number of callers, or as many at once as the bound allows;
 * further ones wait in the order of their arrival, or are refused.
 *
 * <p>The lock is for waiters, and for callers that leave while there are waiters. A waiter counts itself before it checks
 * for room, and a leaving caller makes room before it checks for waiters: so one of the two sees the other.
 */
final class Admission {
    private final String pool;
    private final Supplier<NonePoolsSettings> settings;
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final LongAdder waits = new LongAdder();
    private final WaitTimes waitTimes = new WaitTimes();

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Caller> queue = new ArrayDeque<>();

    /** A waiting caller; guarded by the lock. */
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

    /** Admits the caller, which must call {@link #leave} later. */
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
            if (!caller.admitted) { // an admitted caller stays: no other would use the room
                throw exhausted(inForce, ", and the thread was interrupted while it waited for one");
            }
        } finally {
            if (!caller.admitted) {
                queue.remove(caller);
                waiting.decrementAndGet();
            }
            lock.unlock();
            waitTimes.record(System.nanoTime() - start);
        }
    }

    /** Records that an admitted caller has an object. */
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

    /** Admits waiters as far as there is room. */
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

    /** Refuses all callers from now on, also waiters; returns false if it did before. */
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

    Distribution waitTime() {
        return waitTimes.distribution();
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
