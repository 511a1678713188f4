package dev.geotherm.streaming;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A wait that an interrupt does not end; the interrupt stays pending. */
final class UninterruptibleWait {
    private UninterruptibleWait() {}

    /** A wait of at most the given time. */
    @FunctionalInterface
    interface Wait {
        void atMost(long nanos) throws InterruptedException;
    }

    /** A wait without a limit. */
    @FunctionalInterface
    interface UnboundedWait {
        void await() throws InterruptedException;
    }

    static void await(Duration limit, Wait wait) {
        long start = System.nanoTime();
        long nanos = TimeUnit.NANOSECONDS.convert(limit);
        await(() -> wait.atMost(Math.max(0, nanos - (System.nanoTime() - start))));
    }

    static void await(UnboundedWait wait) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    wait.await();
                    return;
                } catch (InterruptedException again) {
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
