package dev.geotherm.storage.log;

import java.io.IOException;

/**
 * Runs file operations to their end although their thread is interrupted. An interrupt closes the {@link
 * java.nio.channels.FileChannel} that the thread uses, which would end the log for all other threads, too.
 */
final class Uninterruptible {
    private Uninterruptible() {}

    /** An operation that may be repeated after it failed half-way. */
    @FunctionalInterface
    interface Operation {
        void run() throws IOException;
    }

    /** Runs an operation until it is not interrupted; the thread is interrupted afterwards if it was meanwhile. */
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
