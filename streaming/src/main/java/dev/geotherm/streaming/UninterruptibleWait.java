package dev.geotherm.streaming;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A bounded wait that an interrupt does not end; the interrupt stays pending. */
final class UninterruptibleWait {
    private UninterruptibleWait() {}

    /** A wait of at most the given time. */
    @FunctionalInterface
    interface Wait {
        void atMost(long nanos) throws InterruptedException;
    }

    static void await(Duration limit, Wait wait) {
        long start = System.nanoTime();
        long nanos = TimeUnit.NANOSECONDS.convert(limit);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    wait.atMost(Math.max(0, nanos - (System.nanoTime() - start)));
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
