package dev.geotherm.diff;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one thread that calls the subscribers of all tracked states of a component; it exists while there is work. */
final class DeltaDelivery {
    private static final long IDLE_SECONDS = 10;

    private final ThreadPoolExecutor executor;
    private volatile @Nullable Thread thread;

    DeltaDelivery(String instance) {
        executor = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> start(instance, work));
        executor.allowCoreThreadTimeOut(true);
    }

    private Thread start(String instance, Runnable work) {
        Thread started = new Thread(work, "geotherm-" + instance + "-deltas");
        started.setDaemon(true);
        thread = started;
        return started;
    }

    /** Has the work done later; returns false if this is closed. */
    boolean execute(Runnable work) {
        try {
            executor.execute(work);
            return true;
        } catch (RejectedExecutionException closed) {
            return false;
        }
    }

    /** Returns whether the caller is a subscriber that was called from here, who must not wait for itself. */
    boolean isCurrentThread() {
        return Thread.currentThread() == thread;
    }

    /** Ends the thread; whoever it is calling is interrupted. */
    void close() {
        executor.shutdownNow();
        if (!isCurrentThread()) {
            boolean interrupted = false;
            try {
                executor.awaitTermination(1, TimeUnit.SECONDS);
            } catch (InterruptedException wanted) {
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
