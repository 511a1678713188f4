package dev.geotherm.diff.state;

import dev.geotherm.api.diff.StateSubscriber;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.api.diff.TrackedState;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscription: a subscriber's position in the revisions of a state. Its queue is a window on the state's history, so a
 * slow subscriber holds no deltas of its own.
 */
final class DeltaSubscription implements TrackedState.Subscription, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(DeltaSubscription.class);

    private final TreeState state;
    private final StateSubscriber subscriber;
    private final DeltaDelivery delivery;
    /** Whether this is queued or running in a worker; the thread that sets it owns the next two fields. */
    private final AtomicBoolean busy = new AtomicBoolean();

    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable StateUpdate first;
    private volatile long delivered = -1;

    DeltaSubscription(TreeState state, StateSubscriber subscriber, DeltaDelivery delivery, StateUpdate first) {
        this.state = state;
        this.subscriber = subscriber;
        this.delivery = delivery;
        this.first = first;
    }

    /** Queues this if there is an update to deliver, or the state has closed. */
    void signal() {
        if (hasWork() && busy.compareAndSet(false, true) && !delivery.execute(this)) {
            close();
        }
    }

    private boolean hasWork() {
        return !hasEnded() && (delivered < state.revision() || state.isClosed());
    }

    @Override
    public void run() {
        long newest = state.revision();
        try {
            if (!hasEnded()) {
                step();
            }
        } catch (Throwable failed) {
            LOG.error("the next update could not be delivered; the next commit retries it", failed);
            afterFailure(newest);
            return;
        }
        busy.set(false);
        signal();
    }

    /** Does not retry immediately, because that could repeat forever. */
    private void afterFailure(long newest) {
        busy.set(false);
        if (state.isClosed()) {
            close();
        } else if (state.revision() > newest) {
            signal();
        }
    }

    private void step() {
        // Read before the update, so that commits before the close are still delivered.
        boolean last = state.isClosed();
        StateUpdate update = first != null ? first : state.next(delivered);
        if (update != null) {
            first = null;
            deliver(update);
            delivered = update.revision();
        } else if (last) {
            close();
        }
    }

    @SuppressWarnings("CatchAndPrintStackTrace")
    private void deliver(StateUpdate update) {
        try {
            subscriber.onUpdate(update);
        } catch (Throwable failed) {
            LOG.warn("a subscriber failed on revision {}; it keeps its subscription", update.revision(), failed);
        }
    }

    /** Waits until the last update is delivered; returns false on timeout. */
    boolean awaitEnd(long nanos) throws InterruptedException {
        return ended.await(nanos, TimeUnit.NANOSECONDS);
    }

    private boolean hasEnded() {
        return ended.getCount() == 0;
    }

    @Override
    public void close() {
        ended.countDown();
        state.forget(this);
    }
}
