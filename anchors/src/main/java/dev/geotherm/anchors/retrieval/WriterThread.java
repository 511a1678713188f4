package dev.geotherm.anchors.retrieval;

import dev.geotherm.api.GeothermException;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.apache.lucene.store.AlreadyClosedException;

/**
 * The thread that performs all writes to one index. Callers cannot interrupt it, because an interrupt during a write would
 * make Lucene close the index permanently. It is a platform thread, because analysis and merging are CPU-bound.
 */
final class WriterThread {
    private final String index;
    private final ExecutorService thread;

    /**
     * Creates the thread of an index.
     *
     * @param index the description of the index in messages
     */
    WriterThread(String index, ExecutorService thread) {
        this.index = index;
        this.thread = thread;
    }

    /** Runs a task after all earlier tasks, and waits for its end. An interrupt of the caller is restored afterwards. */
    void run(Callable<?> task) {
        Future<?> future;
        try {
            future = thread.submit(task);
        } catch (RejectedExecutionException refused) {
            throw new IllegalStateException(index + " is closed", refused);
        }
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    future.get();
                    return;
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException failed) {
            throw failure(Objects.requireNonNullElse(failed.getCause(), failed));
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private RuntimeException failure(Throwable cause) {
        // After some failures, Lucene closes its writer and reports the first failure from then on.
        Throwable reason =
                cause instanceof AlreadyClosedException ? Objects.requireNonNullElse(cause.getCause(), cause) : cause;
        if (reason instanceof RuntimeException known) {
            return known;
        }
        String message = reason instanceof IOException ? reason.getMessage() : String.valueOf(reason);
        return new GeothermException(
                index + " failed: " + message + "; is its disk full? Free space, then close and open it again", cause);
    }

    void shutdown() {
        thread.shutdown();
    }
}
