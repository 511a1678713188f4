package dev.geotherm.storage.log;

import java.io.IOException;

/**
 * File operations that are not affected by interrupts. An interrupt closes the {@link java.nio.channels.FileChannel} that
 * the thread uses, which makes the operation fail.
 */
final class Uninterruptible {
    private Uninterruptible() {}

    /** An operation that can be repeated after a failure. */
    @FunctionalInterface
    interface Operation {
        void run() throws IOException;
    }

    /** Runs an operation, again after each interrupt, and restores the interrupt status of the thread. */
    static void run(Operation operation) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (true) {
                try {
                    operation.run();
                    return;
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
