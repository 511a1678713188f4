package dev.geotherm.streaming.flow;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Outcome;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/**
 * A subscriber that feeds a pipeline from a Reactive Streams publisher. It requests another fragment when one has its outcome, so
 * the publisher slows down to the speed of the pipeline, and no more fragments than the window are in flight.
 *
 * <p>If nothing else feeds the pipeline, a window of at most its capacity keeps the publisher's thread from waiting. A dead
 * letter is an outcome like any other; the pipeline's listener receives it. A fragment that would miss its deadline is dropped,
 * and the pipeline counts it as refused. The subscriber can be used for one subscription, and does not close the pipeline.
 *
 * @param <T> the content of the fragments
 */
public final class PipelineSubscriber<T> implements Flow.Subscriber<Fragment<T>> {
    private final UpstreamSubscription<T> upstream;
    private final CompletableFuture<Void> completion = new CompletableFuture<>();

    /**
     * Creates a subscriber.
     *
     * @param window how many fragments may be in flight; at least 1
     */
    public PipelineSubscriber(IngestionPipeline<T> pipeline, int window) {
        this.upstream = new UpstreamSubscription<>(pipeline, window, new UpstreamSubscription.OutcomeReceiver<>() {
            @Override
            public void outcome(Fragment<T> fragment, Outcome outcome) {
                upstream().request(1);
            }

            @Override
            public void complete() {
                completion.complete(null);
            }

            @Override
            public void fail(Throwable error) {
                completion.completeExceptionally(error);
            }
        });
    }

    private UpstreamSubscription<T> upstream() {
        return upstream;
    }

    /**
     * Returns a stage that completes when the publisher has completed and every fragment has its outcome. It completes exceptionally
     * with the publisher's error, or with that of a pipeline that accepts nothing more or refuses a fragment because it is overloaded.
     */
    public CompletionStage<Void> completion() {
        return completion.minimalCompletionStage();
    }

    /** Cancels the subscription: no further fragment is requested. Those in flight still get their outcomes. */
    public void cancel() {
        upstream.cancel();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        upstream.onSubscribe(requireNonNull(subscription, "subscription"));
    }

    @Override
    public void onNext(Fragment<T> fragment) {
        upstream.onNext(requireNonNull(fragment, "fragment"));
    }

    @Override
    public void onError(Throwable error) {
        upstream.onError(requireNonNull(error, "error"));
    }

    @Override
    public void onComplete() {
        upstream.onComplete();
    }
}
