package dev.geotherm.cli.run;

import dev.geotherm.api.batch.Evaluation;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A run's wish to end early, as a signal tells it: the run stops at the next safe place, checkpoints what it has and
 * removes what is half-written.
 */
public final class Cancellation {
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean requested;
    private volatile @Nullable Evaluation evaluation;

    /** Asks the run to stop, and waits until it has, for a limited time. */
    public void request(Duration limit) throws InterruptedException {
        requested = true;
        Evaluation running = evaluation;
        if (running != null) {
            running.cancel();
        }
        ended.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Tells that the run has ended. */
    public void ended() {
        ended.countDown();
    }

    void throwIfRequested() {
        if (requested) {
            throw new CancellationException("stopped by a signal");
        }
    }

    void watch(Evaluation started) {
        evaluation = started;
        if (requested) {
            started.cancel();
        }
    }
}
