package dev.geotherm.testkit.batch;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A probe that detects overlapping calls: the first caller stays inside briefly, or until a second caller enters, which
 * never happens if calls are sequential.
 */
final class OverlapProbe {
    private static final long MOMENT_MILLIS = 200;

    private final AtomicBoolean first = new AtomicBoolean(true);
    private final CountDownLatch second = new CountDownLatch(1);

    void enter() {
        if (!first.getAndSet(false)) {
            second.countDown();
            return;
        }
        try {
            boolean ignored = second.await(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
