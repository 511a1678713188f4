package dev.geotherm.streaming;

import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The thread that completes the stages of submitted fragments, in the order of their outcomes. Dependent stages run on it, so a
 * stage that blocks delays other stages, but no worker and no timer.
 *
 * <p>The fragments are linked through themselves: adding one allocates nothing and cannot fail. A fragment leaves the list after
 * its stage was completed, so the thread that closes the pipeline can continue if a stage blocks.
 */
final class OutcomeReporter<T> implements Runnable {
    /** The time after which the thread checks again: a notification is lost if its sender runs out of memory. */
    private static final long LONGEST_WAIT_MILLIS = 1_000;

    private final Executor executor;
    private final Consumer<PendingFragment<T>> reported;
    private final BooleanSupplier reportFirst = this::reportFirst;
    private final Object lock = new Object();
    private @Nullable PendingFragment<T> first;
    private @Nullable PendingFragment<T> last;
    private boolean started;
    private boolean ended;

    /**
     * Creates a reporter without a thread.
     *
     * @param executor runs the thread
     * @param reported called, without a lock, after the stage of a fragment was completed
     */
    OutcomeReporter(Executor executor, Consumer<PendingFragment<T>> reported) {
        this.executor = executor;
        this.reported = reported;
    }

    /** Starts the thread, unless it has been started or is no longer needed. If this fails, it can be called again. */
    void start() {
        synchronized (lock) {
            if (!started && !ended) {
                executor.execute(this);
                started = true;
            }
        }
    }

    /** Adds a fragment that was submitted and has its outcome. Does not wait, and runs no stage. */
    void add(PendingFragment<T> fragment) {
        fragment.next = null;
        synchronized (lock) {
            if (last == null) {
                first = fragment;
            } else {
                last.next = fragment;
            }
            last = fragment;
            lock.notifyAll();
        }
    }

    @Override
    public void run() {
        UninterruptibleWait.await(() -> {
            while (awaitFirst()) {
                boolean ignored = OutOfMemoryRetry.get(reportFirst);
            }
        });
    }

    private boolean awaitFirst() throws InterruptedException {
        synchronized (lock) {
            while (first == null && !ended) {
                lock.wait(LONGEST_WAIT_MILLIS);
            }
            return first != null;
        }
    }

    /** Ends the thread, and completes the remaining stages. */
    void end() {
        synchronized (lock) {
            ended = true;
            lock.notifyAll();
        }
        while (OutOfMemoryRetry.get(reportFirst)) {
            // until no fragment is left
        }
    }

    /** Completes a stage. If this fails, because the heap is full, it can be called again. */
    private boolean reportFirst() {
        PendingFragment<T> fragment;
        synchronized (lock) {
            fragment = first;
        }
        if (fragment == null) {
            return false;
        }
        var outcome = fragment.outcome;
        var result = fragment.result;
        if (outcome != null && result != null) { // otherwise another thread has just reported it
            boolean ignored = outcome.complete(result);
        }
        if (remove(fragment)) {
            reported.accept(fragment);
        }
        return true;
    }

    private boolean remove(PendingFragment<T> fragment) {
        synchronized (lock) {
            boolean mine = first == fragment;
            if (mine) {
                first = fragment.next;
                last = first == null ? null : last;
                fragment.next = null;
            }
            return mine;
        }
    }
}
