package dev.geotherm.pool.none;

import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.WhenExhausted;
import dev.geotherm.pool.metrics.WaitTimes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The admission control of a {@link NonePool}. It admits any number of callers, or up to the bound; further callers
 * wait in FIFO order, or are refused.
 *
 * <p>Only waiters, and callers that leave while there are waiters, acquire the monitor. A waiter registers before it
 * checks for room, and a leaving caller makes room before it checks for waiters, so one of the two sees the other.
 *
 * <p>A caller may run out of stack or memory at any call. A monitor is released on any exception, and a waiter checks
 * at intervals, so it does not depend on a wake-up. A caller that cannot make a call to leave records that by stores to
 * {@link #departedInside} and {@link #departedWithObject}, which a later caller counts.
 */
final class Admission {
    /** The longest time in nanoseconds that a waiter sleeps. */
    private static final long LONGEST_SLEEP = 100_000_000;

    private final String pool;
    private final Supplier<NonePoolsSettings> settings;
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();
    private final LongAdder left = new LongAdder();
    private final LongAdder waits = new LongAdder();
    private final WaitTimes waitTimes = new WaitTimes();

    /** Guarded by the monitor. */
    private final Deque<Caller> queue = new ArrayDeque<>();

    /** The size of the queue, written with the monitor held. */
    private volatile int waiting;

    private volatile boolean closed;

    /** Callers inside that left without a call, and those that had an object; guarded by the monitor. */
    int departedInside;

    int departedWithObject;

    /** A waiting caller. */
    private static final class Caller {
        private final Thread thread = Thread.currentThread();

        /** Written with the monitor held; at most one of the two becomes true. */
        private volatile boolean admitted;

        private volatile boolean abandoned;
    }

    Admission(String pool, Supplier<NonePoolsSettings> settings) {
        this.pool = pool;
        this.settings = settings;
    }

    /** Admits the caller, which must leave later; if this fails, the caller is not admitted. */
    void enter() {
        requireOpen();
        NonePoolsSettings inForce = settings.get();
        if (inForce.whenExhausted() == WhenExhausted.WAIT) {
            if (waiting > 0 || !admit(inForce)) {
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
        return admitBelow(inForce.maxSize()) || (countDeparted() && admitBelow(inForce.maxSize()));
    }

    private boolean admitBelow(int bound) {
        int now = inside.get();
        while (now < bound) {
            if (inside.compareAndSet(now, now + 1)) {
                return true;
            }
            now = inside.get();
        }
        return false;
    }

    /** Counts the callers that left without a call; returns whether there were any. */
    private synchronized boolean countDeparted() {
        boolean any = departedInside > 0;
        if (any) {
            inside.addAndGet(-departedInside);
            departedInside = 0;
        }
        if (departedWithObject > 0) {
            left.add(departedWithObject);
            departedWithObject = 0;
        }
        return any;
    }

    private void await(NonePoolsSettings inForce) {
        waits.increment();
        long start = System.nanoTime();
        long limit = inForce.maxWait().toNanos();
        Caller caller = new Caller();
        boolean interrupted = false;
        try {
            join(caller);
            while (!caller.admitted && !caller.abandoned) {
                long pause = limit - (System.nanoTime() - start);
                interrupted = Thread.interrupted();
                if (interrupted || closed || pause <= 0) {
                    abandonWait(caller);
                } else {
                    LockSupport.parkNanos(this, Math.min(pause, LONGEST_SLEEP));
                    serve();
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            waitTimes.record(System.nanoTime() - start);
        } catch (Throwable failed) { // without a call
            synchronized (this) {
                departedInside += caller.admitted ? 1 : 0;
                caller.abandoned = true;
            }
            throw failed;
        }
        if (caller.abandoned) {
            requireOpen();
            throw exhausted(
                    inForce,
                    interrupted
                            ? ", and the thread was interrupted while it waited for one"
                            : " and none came free within " + inForce.maxWait().toMillis()
                                    + " ms; raise maxWait or maxSize");
        }
    }

    private synchronized void join(Caller caller) {
        queue.addLast(caller);
        waiting = queue.size();
        admitWaiting();
    }

    /**
     * Ends the wait of a caller unless it was admitted: an admitted caller stays admitted, because no other caller
     * would use its room.
     */
    private synchronized void abandonWait(Caller caller) {
        if (!caller.admitted) {
            caller.abandoned = true;
            queue.remove(caller);
            waiting = queue.size();
        }
    }

    /** Records that an admitted caller has received an object. */
    void served() {
        int now = inside.get();
        if (now > peak.get()) {
            peak.accumulateAndGet(now, Math::max);
        }
    }

    /** Removes callers that leaked their objects. */
    void leaveLeaked(int count) {
        inside.addAndGet(-count);
        serveAny();
    }

    /** Removes a caller that had an object. If it throws, because too little stack is left, it has no effect. */
    void leave() {
        boolean isOut = false;
        boolean counted = false;
        try {
            inside.decrementAndGet();
            isOut = true;
            left.increment();
            counted = true;
            serveAny();
        } catch (Throwable unfinished) { // the caller has left; waiters check by themselves
            synchronized (this) {
                departedInside += isOut ? 0 : 1;
                departedWithObject += counted ? 0 : 1;
            }
        }
    }

    /** Admits waiters, if there are any, while there is room. */
    void serveAny() {
        if (waiting > 0) {
            serve();
        }
    }

    /** Admits waiters while there is room. */
    synchronized void serve() {
        admitWaiting();
    }

    private void admitWaiting() {
        while (!closed && !queue.isEmpty()) {
            Caller first = queue.getFirst();
            if (!first.admitted && !first.abandoned) {
                if (!admit(settings.get())) {
                    return;
                }
                first.admitted = true;
                LockSupport.unpark(first.thread);
            }
            queue.removeFirst();
            waiting = queue.size();
        }
    }

    /** Refuses all callers from now on, including waiters; returns false if already closed. */
    synchronized boolean close() {
        boolean before = closed;
        closed = true;
        queue.forEach(caller -> LockSupport.unpark(caller.thread));
        return !before;
    }

    int peak() {
        return peak.get();
    }

    /** Returns whether a caller has been admitted and has not left. */
    boolean isOccupied() {
        countDeparted();
        return inside.get() > 0;
    }

    /** Returns the number of callers with an object that have left. */
    long left() {
        countDeparted();
        return left.sum();
    }

    long waits() {
        return waits.sum();
    }

    Distribution waitTime() {
        return waitTimes.distribution();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("pool " + pool + " is closed");
        }
    }

    private PoolExhaustedException exhausted(NonePoolsSettings inForce, String what) {
        return new PoolExhaustedException("pool " + pool + ": all " + inForce.maxSize() + " objects are in use" + what);
    }
}
