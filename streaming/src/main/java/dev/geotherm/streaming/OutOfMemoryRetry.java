package dev.geotherm.streaming;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** A loop that repeats a step until it no longer runs out of memory: the heap is often full for a moment only. */
final class OutOfMemoryRetry {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private OutOfMemoryRetry() {}

    static void run(Runnable step) {
        while (true) {
            try {
                step.run();
                return;
            } catch (OutOfMemoryError full) {
                pause();
            }
        }
    }

    static boolean get(BooleanSupplier step) {
        while (true) {
            try {
                return step.getAsBoolean();
            } catch (OutOfMemoryError full) {
                pause();
            }
        }
    }

    private static void pause() {
        try {
            LockSupport.parkNanos(PAUSE_NANOS);
        } catch (OutOfMemoryError full) { // a virtual thread needs memory to park
            Thread.onSpinWait();
        }
    }
}
