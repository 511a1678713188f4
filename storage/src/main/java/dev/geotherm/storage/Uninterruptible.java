package dev.geotherm.storage;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/**
 * File operations that interrupts do not affect. An interrupt closes the {@link java.nio.channels.FileChannel} that the
 * thread uses, which makes the operation fail.
 */
public final class Uninterruptible {
    private Uninterruptible() {}

    /** An operation that can be repeated after a failure. It opens a channel again if an interrupt has closed it. */
    @FunctionalInterface
    public interface Operation {
        /** Runs the operation. */
        void run() throws IOException;
    }

    /** Runs an operation, again after each interrupt, and restores the interrupt status of the thread. */
    public static void run(Operation operation) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    operation.run();
                    return;
                } catch (ClosedChannelException closed) {
                    // Only an interrupt closes the channel; its status can be missing if it came between two attempts.
                    Thread.interrupted();
                    interrupted = true;
                } catch (IOException failed) {
                    if (!Thread.interrupted()) {
                        throw failed;
                    }
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
