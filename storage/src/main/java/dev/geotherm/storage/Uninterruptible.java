package dev.geotherm.storage;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A runner of file operations that interrupts do not affect. Otherwise, an interrupt closes the
 * {@link java.nio.channels.FileChannel} that the thread uses, and the operation fails.
 */
public final class Uninterruptible {
    private Uninterruptible() {}

    /**
     * An operation that can be repeated after a failure, on any thread. It reopens a channel that an interrupt has
     * closed.
     */
    @FunctionalInterface
    public interface Operation {
        /** Runs the operation. */
        void run() throws IOException;
    }

    /**
     * Runs an operation, and restores the interrupt status of the thread. If an interrupt makes it fail, it is repeated
     * once on a separate thread: on the interrupted thread, further interrupts could make every repetition fail.
     */
    public static void run(Operation operation) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            operation.run();
        } catch (IOException failed) {
            // Only an interrupt closes the channel; its status can be missing if the interrupt came between two steps.
            if (!Thread.interrupted() && !(failed instanceof ClosedChannelException)) {
                throw failed;
            }
            interrupted = true;
            runUnreachably(operation);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Runs an operation on a thread that nothing else can interrupt, and waits for it unconditionally. */
    private static void runUnreachably(Operation operation) throws IOException {
        FutureTask<@Nullable Void> task = new FutureTask<>(() -> {
            operation.run();
            return null;
        });
        new Thread(task, "geotherm-storage").start();
        while (true) {
            try {
                task.get();
                return;
            } catch (InterruptedException again) {
                // the caller restores the status
            } catch (ExecutionException failed) {
                Throwable cause = failed.getCause();
                if (cause instanceof IOException refused) {
                    throw refused;
                } else if (cause instanceof Error error) {
                    throw error;
                } else if (cause instanceof RuntimeException unexpected) {
                    throw unexpected;
                }
                throw new IOException(cause);
            }
        }
    }
}
