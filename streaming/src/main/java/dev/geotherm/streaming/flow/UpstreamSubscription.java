package dev.geotherm.streaming.flow;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.Outcome;
import dev.geotherm.api.streaming.RefusedException;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The upstream side of a subscriber or processor: submits the fragments of a publisher to a pipeline. Thread-safe. */
final class UpstreamSubscription<T> {
    private final IngestionPipeline<T> pipeline;
    private final int window;
    private final OutcomeReceiver<T> receiver;
    private Flow.@Nullable Subscription subscription;
    private boolean subscribed;
    private boolean completed;
    private long inFlight;

    /** A receiver of outcomes and of the end of the stream; called without a lock. */
    interface OutcomeReceiver<T> {
        /** Receives the outcome of a fragment; another one may now be requested. */
        void outcome(Fragment<T> fragment, Outcome outcome);

        /** The publisher has completed, and every fragment has its outcome. */
        void complete();

        /** The publisher has failed, or the pipeline accepts nothing more. */
        void fail(Throwable error);
    }

    UpstreamSubscription(IngestionPipeline<T> pipeline, int window, OutcomeReceiver<T> receiver) {
        if (window < 1) {
            throw new IllegalArgumentException("the window must be at least 1, was " + window);
        }
        this.pipeline = requireNonNull(pipeline, "pipeline");
        this.window = window;
        this.receiver = receiver;
    }

    void onSubscribe(Flow.Subscription offered) {
        boolean first;
        synchronized (this) {
            first = !subscribed;
            subscribed = true;
            subscription = first ? offered : subscription;
        }
        if (first) {
            offered.request(window);
        } else {
            offered.cancel();
        }
    }

    void onNext(Fragment<T> fragment) {
        synchronized (this) {
            if (subscription == null) {
                return; // cancelled
            }
            inFlight++;
        }
        try {
            var unused = pipeline.submit(fragment).thenAccept(outcome -> ended(fragment, outcome));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            refused(interrupted);
        } catch (RefusedException late) {
            if (late.reason() == Offer.REFUSED_DEADLINE) {
                ended(fragment, new Outcome.Expired(0));
            } else {
                refused(late);
            }
        } catch (RuntimeException refused) {
            refused(refused);
        }
    }

    private void ended(Fragment<T> fragment, Outcome outcome) {
        receiver.outcome(fragment, outcome);
        boolean last;
        synchronized (this) {
            inFlight--;
            last = completed && inFlight == 0;
        }
        if (last) {
            receiver.complete();
        }
    }

    private void refused(Throwable reason) {
        synchronized (this) {
            inFlight--;
        }
        cancel();
        receiver.fail(reason);
    }

    void onError(Throwable error) {
        release();
        receiver.fail(error);
    }

    void onComplete() {
        boolean last;
        synchronized (this) {
            completed = true;
            last = inFlight == 0;
        }
        release();
        if (last) {
            receiver.complete();
        }
    }

    /** Requests fragments, unless the subscription has ended. */
    void request(long count) {
        Flow.Subscription current;
        synchronized (this) {
            current = subscription;
        }
        if (current != null) {
            current.request(count);
        }
    }

    void cancel() {
        Flow.Subscription current = release();
        if (current != null) {
            current.cancel();
        }
    }

    private synchronized Flow.@Nullable Subscription release() {
        Flow.Subscription current = subscription;
        subscription = null;
        subscribed = true;
        return current;
    }
}
