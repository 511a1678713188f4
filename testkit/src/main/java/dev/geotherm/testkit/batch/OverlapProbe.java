package dev.geotherm.testkit.batch;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Where the first caller waits a moment for a second one, who must not come while the first is there. */
final class Company {
    private static final long MOMENT_MILLIS = 200;

    private final AtomicBoolean first = new AtomicBoolean(true);
    private final CountDownLatch came = new CountDownLatch(1);

    void expect() {
        if (!first.getAndSet(false)) {
            came.countDown();
            return;
        }
        try {
            boolean ignored = came.await(MOMENT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
