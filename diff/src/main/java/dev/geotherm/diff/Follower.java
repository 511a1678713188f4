package dev.geotherm.diff;

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
 * One subscription: how far a subscriber has come. It holds no updates; each is asked for when its turn comes, so that a
 * slow subscriber costs nothing.
 */
final class Follower implements TrackedState.Subscription, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

    private final TreeState state;
    private final StateSubscriber subscriber;
    private final DeltaDelivery delivery;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);

    /** What to deliver first; afterwards the revision delivered last counts. Both belong to the delivery thread. */
    private @Nullable StateUpdate first;

    private long delivered;

    Follower(TreeState state, StateSubscriber subscriber, DeltaDelivery delivery, StateUpdate first) {
        this.state = state;
        this.subscriber = subscriber;
        this.delivery = delivery;
        this.first = first;
    }

    /** Takes note that there may be something to deliver, or nothing any more. */
    void signal() {
        if (!hasEnded() && waiting.compareAndSet(false, true) && !delivery.execute(this)) {
            close();
        }
    }

    @Override
    public void run() {
        waiting.set(false);
        if (hasEnded()) {
            return;
        }
        // Asked before the update: what is committed before the end of the state is still seen.
        boolean last = state.isClosed();
        StateUpdate update = first != null ? first : state.next(delivered);
        if (update != null) {
            deliver(update);
            first = null;
            delivered = update.revision();
            signal();
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

    /** Waits until the last update is delivered; returns whether it was, in that time. */
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
