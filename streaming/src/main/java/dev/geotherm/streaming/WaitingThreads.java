package dev.geotherm.streaming;

import dev.geotherm.api.StackRoom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A queue of threads that wait for a change of a pipeline, the first of which is signalled first. A thread whose attempt fails keeps
 * its place; a new one makes no attempt while the first has waited for long, so that all make progress. Otherwise it may overtake those
 * that are about to wake up, which saves time.
 *
 * <p>A thread that waits does not hold the monitor and does not keep a virtual thread's carrier. It tries again at least once a
 * second: a signal can get lost if a thread runs out of stack.
 */
final class WaitingThreads {
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** The wait of the first thread from which no other may overtake it. */
    private static final long LONG_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final int UNPARK_KILOBYTES = 16;

    private final Object monitor;
    private final long longestWaitNanos;

    /** All but {@link #await} is guarded by the monitor, and changed by stores without a call between them. */
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

    /** As above, with the time after which a thread tries again without a signal. */
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
                    succeeded = (waiter.joined || !isOvertakingUnfair()) && attempt.getAsBoolean();
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
                passOn(waiter);
            }
        }
    }

    /**
     * Makes attempts, with the monitor held, until one succeeds. An interrupt does not end the wait, and stays pending.
     *
     * @param pause returns, after an attempt in vain and with the monitor held, the nanoseconds after which to try again without a signal
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

    /** Returns whether the first thread has waited for long; called with the monitor held. */
    boolean isOvertakingUnfair() {
        Waiter waiter = first;
        return waiter != null && System.nanoTime() - waiter.since > LONG_WAIT_NANOS;
    }

    /** Ends a wait in vain; another thread gets the signal that this one may have got. */
    private void passOn(Waiter waiter) {
        synchronized (monitor) {
            boolean signalled = waiter.signalled;
            leave(waiter);
            if (signalled) {
                signal();
            }
        }
    }

    /**
     * Has the thread that has waited longest without a signal try again; called with the monitor held. If too little stack is left,
     * nothing has changed: a virtual thread would be lost if waking it overflowed.
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

    /** Returns the first thread that waits, apart from the current one; called with the monitor held. */
    @Nullable
    Thread firstOther() {
        Waiter waiter = first;
        if (waiter != null && waiter.thread == Thread.currentThread()) {
            waiter = waiter.next;
        }
        return waiter == null ? null : waiter.thread;
    }

    /** Has all threads try again; called with the monitor held. */
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
