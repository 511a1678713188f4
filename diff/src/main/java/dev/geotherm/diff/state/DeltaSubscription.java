package dev.geotherm.diff.state;

import dev.geotherm.api.FailureLog;
import dev.geotherm.api.diff.StateSubscriber;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.api.diff.TrackedState;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscription: a subscriber's position in the revisions of a state. Its queue is a window on the state's history, so
 * a slow subscriber does not retain deltas.
 */
final class DeltaSubscription implements TrackedState.Subscription, Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(DeltaSubscription.class);

    private final TreeState state;
    private final StateSubscriber subscriber;
    private final DeltaDispatcher dispatcher;
    /** Whether this task waits for a worker or runs in one. */
    private volatile boolean busy;
    /** Whether this task runs in a worker, which then owns the next update and the last delivered revision. */
    private volatile boolean running;

    private final FailureLog deliveries =
            new FailureLog("the next update could not be delivered; this is retried every second", LOG::error);
    private final FailureLog calls = new FailureLog("a subscriber failed; it keeps its subscription", LOG::error);
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable StateUpdate first;
    private volatile long delivered = -1;

    DeltaSubscription(TreeState state, StateSubscriber subscriber, DeltaDispatcher dispatcher, StateUpdate first) {
        this.state = state;
        this.subscriber = subscriber;
        this.dispatcher = dispatcher;
        this.first = first;
    }

    /** Queues this if there is an update to deliver, or the state has closed. */
    void signal() {
        if (!hasWork()) {
            return;
        }
        synchronized (this) {
            if (busy) {
                return;
            }
            busy = true;
        }
        boolean queued = false;
        try {
            queued = dispatcher.execute(this);
        } finally {
            if (!queued) {
                busy = false;
            }
        }
        if (!queued) {
            close();
        }
    }

    private boolean hasWork() {
        return !hasEnded() && (delivered < state.revision() || state.isClosed());
    }

    @Override
    public void run() {
        synchronized (this) {
            if (running) { // queued twice, because an earlier attempt had failed only after queueing
                return;
            }
            running = true;
        }
        long newest = state.revision();
        boolean done = false;
        try {
            if (!hasEnded()) {
                step();
            }
            done = true;
        } catch (Throwable failed) {
            deliveries.failed(failed);
        } finally {
            running = false;
            busy = false;
        }
        if (done) {
            signal();
        } else {
            afterFailure(newest);
        }
    }

    /**
     * Does not retry immediately, because that could loop forever: the next commit retries, or the dispatcher within a
     * second.
     */
    private void afterFailure(long newest) {
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
            calls.failed(failed);
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
        dispatcher.unregister(this);
        state.forget(this);
    }
}
