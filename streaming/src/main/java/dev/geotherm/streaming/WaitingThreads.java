package dev.geotherm.streaming;

import dev.geotherm.api.StackRoom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A first-in-first-out queue of threads that wait for a change of a pipeline. A thread keeps its place if its attempt fails. A
 * new thread makes no attempt while the first one has waited for long, so that all make progress; otherwise, it may overtake
 * threads that are about to wake up, which saves time.
 *
 * <p>A waiting thread does not hold the monitor, and a virtual thread does not pin its carrier. Waiting threads try again at
 * least once a second, because a signal is lost if its sender runs out of stack.
 */
final class WaitingThreads {
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The time for which the first thread must have waited so that no other may overtake it. */
    private static final long LONG_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int UNPARK_KILOBYTES = 16;

    private final Object monitor;
    private final long longestWaitNanos;

    /** Guarded by the monitor, like all fields below; changed by stores without a call between them. */
    private @Nullable Waiter first;

    private @Nullable Waiter last;

    private static final class Waiter {
        final Thread thread = Thread.currentThread();
        final long since;
        boolean joined;
        boolean signalled;

        @Nullable
        Waiter previous;

        @Nullable
        Waiter next;

        Waiter(long since) {
            this.since = since;
        }
    }

    /** Creates a queue without threads, guarded by a monitor that threads acquire for each attempt. */
    WaitingThreads(Object monitor) {
        this(monitor, LONGEST_WAIT_NANOS);
    }

    /** Creates a queue in which a thread tries again after the given time without a signal. */
    WaitingThreads(Object monitor, long longestWaitNanos) {
        this.monitor = monitor;
        this.longestWaitNanos = longestWaitNanos;
    }

    /** Makes attempts, with the monitor held, until one succeeds. */
    void await(BooleanSupplier attempt) throws InterruptedException {
        boolean ignored = await(attempt, Long.MAX_VALUE);
    }

    /**
     * Makes attempts, with the monitor held, until one succeeds or the time has run out.
     *
     * @return whether one succeeded
     */
    boolean await(BooleanSupplier attempt, long nanos) throws InterruptedException {
        return await(attempt, () -> longestWaitNanos, nanos);
    }

    private boolean await(BooleanSupplier attempt, LongSupplier pause, long nanos) throws InterruptedException {
        long start = System.nanoTime();
        Waiter waiter = new Waiter(start);
        boolean succeeded = false;
        boolean ended = false;
        try {
            while (!ended) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                long left = nanos - (System.nanoTime() - start);
                long next = longestWaitNanos;
                synchronized (monitor) {
                    waiter.signalled = false;
                    succeeded = (waiter.joined || mayOvertake()) && attempt.getAsBoolean();
                    ended = succeeded || left <= 0;
                    if (ended) {
                        leave(waiter);
                    } else {
                        join(waiter);
                        next = Math.min(next, pause.getAsLong());
                    }
                }
                if (!ended) {
                    LockSupport.parkNanos(monitor, Math.min(left, next));
                }
            }
            return succeeded;
        } finally {
            if (!succeeded) {
                forwardSignal(waiter);
            }
        }
    }

    /**
     * Makes attempts, with the monitor held, until one succeeds. An interrupt does not end the wait, and stays pending.
     *
     * @param pause returns, after a failed attempt and with the monitor held, the nanoseconds after which to try again without a
     *     signal
     */
    void awaitUninterruptibly(BooleanSupplier attempt, LongSupplier pause) {
        UninterruptibleWait.await(() -> {
            boolean ignored = await(attempt, pause, Long.MAX_VALUE);
        });
    }

    private void join(Waiter waiter) {
        if (!waiter.joined) {
            waiter.previous = last;
            if (last == null) {
                first = waiter;
            } else {
                last.next = waiter;
            }
            last = waiter;
            waiter.joined = true;
        }
    }

    private void leave(Waiter waiter) {
        if (waiter.joined) {
            Waiter before = waiter.previous;
            Waiter after = waiter.next;
            if (before == null) {
                first = after;
            } else {
                before.next = after;
            }
            if (after == null) {
                last = before;
            } else {
                after.previous = before;
            }
            waiter.previous = null;
            waiter.next = null;
            waiter.joined = false;
        }
    }

    /** Returns whether no thread has waited for so long that overtaking it would be unfair; called with the monitor held. */
    boolean mayOvertake() {
        Waiter waiter = first;
        return waiter == null || System.nanoTime() - waiter.since <= LONG_WAIT_NANOS;
    }

    /** Ends a failed wait; passes a signal that the thread may have received on to another thread. */
    private void forwardSignal(Waiter waiter) {
        synchronized (monitor) {
            boolean signalled = waiter.signalled;
            leave(waiter);
            if (signalled) {
                signal();
            }
        }
    }

    /**
     * Makes the thread that has waited longest without a signal try again; called with the monitor held. If too little stack is
     * left, nothing has changed: a virtual thread would be lost if waking it overflowed the stack.
     */
    void signal() {
        Waiter waiter = first;
        while (waiter != null && waiter.signalled) {
            waiter = waiter.next;
        }
        if (waiter != null) {
            wake(waiter);
        }
    }

    /** Makes a number of threads try again: those that have waited longest without a signal; called with the monitor held. */
    void signal(int threads) {
        int left = threads;
        for (Waiter waiter = first; waiter != null && left > 0; waiter = waiter.next) {
            if (!waiter.signalled) {
                wake(waiter);
                left--;
            }
        }
    }

    /** Returns the first waiting thread other than the current one; called with the monitor held. */
    @Nullable
    Thread firstOther() {
        Waiter waiter = first;
        if (waiter != null && waiter.thread == Thread.currentThread()) {
            waiter = waiter.next;
        }
        return waiter == null ? null : waiter.thread;
    }

    /** Makes all threads try again; called with the monitor held. */
    void signalAll() {
        for (Waiter waiter = first; waiter != null; waiter = waiter.next) {
            wake(waiter);
        }
    }

    private static void wake(Waiter waiter) {
        StackRoom.require(UNPARK_KILOBYTES);
        LockSupport.unpark(waiter.thread);
        waiter.signalled = true;
    }
}
