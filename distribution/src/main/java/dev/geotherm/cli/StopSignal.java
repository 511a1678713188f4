package dev.geotherm.cli;

import dev.geotherm.engine.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A cancellation of a run by a signal such as INT or TERM. Before the JVM exits, the run has a limited time to stop at a
 * safe point. Thread-safe.
 */
final class StopSignal implements Cancellation, AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Runnable afterStop;
    private final Thread hook;
    private volatile boolean requested;
    private volatile boolean completed;

    /**
     * Registers a shutdown hook.
     *
     * @param afterStop the action to run after a signal has stopped the run; the JVM exits when it returns
     */
    StopSignal(Runnable afterStop) {
        this.afterStop = afterStop;
        this.hook = new Thread(this::stop, "geotherm-signal");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Requests the end of the run and waits for it; called by the hook. */
    void stop() {
        requested = true;
        try {
            ended.await(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException urgent) {
            Thread.currentThread().interrupt();
        }
        if (!completed) {
            afterStop.run();
        }
    }

    /** Marks the run as completed, after which a signal stops nothing. */
    void complete() {
        completed = true;
    }

    @Override
    public boolean isRequested() {
        return requested;
    }

    /** Removes the hook after the run has ended. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // The hook is already running, and returns soon because the run has ended.
        }
    }
}
