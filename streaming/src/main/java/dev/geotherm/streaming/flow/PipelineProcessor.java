package dev.geotherm.streaming.flow;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.IngestionPipeline;
import dev.geotherm.api.streaming.Outcome;
import java.util.concurrent.Flow;

/**
 * A Reactive Streams processor that passes fragments through a pipeline and publishes the processed ones, in the order of their
 * outcomes. It does not publish dead letters, which the pipeline's listener receives, or unchanged and expired fragments. A
 * fragment that would miss its deadline is dropped, and the pipeline counts it as refused.
 *
 * <p>The processor requests another fragment when its subscriber has received one, so no more fragments than the window are in
 * flight or wait for the subscriber. If nothing else feeds the pipeline, a window of at most its capacity keeps the publisher's
 * thread from waiting. The processor has one subscriber, and can be used for one subscription. It does not close the pipeline.
 *
 * @param <T> the content of the fragments
 */
public final class PipelineProcessor<T> implements Flow.Processor<Fragment<T>, Fragment<T>> {
    private final Emitter<Fragment<T>> emitter =
            new Emitter<>(() -> upstream().request(1), () -> upstream().cancel());
    private final UpstreamSubscription<T> upstream;

    /**
     * Creates a processor.
     *
     * @param window how many fragments may be in flight or wait for the subscriber; at least 1
     */
    public PipelineProcessor(IngestionPipeline<T> pipeline, int window) {
        this.upstream = new UpstreamSubscription<>(pipeline, window, new UpstreamSubscription.OutcomeReceiver<>() {
            @Override
            public void outcome(Fragment<T> fragment, Outcome outcome) {
                if (outcome instanceof Outcome.Processed) {
                    emitter.add(fragment);
                    emitter.emit();
                } else {
                    upstream().request(1);
                }
            }

            @Override
            public void complete() {
                emitter.complete();
                emitter.emit();
            }

            @Override
            public void fail(Throwable error) {
                emitter.fail(error);
                emitter.emit();
            }
        });
    }

    private UpstreamSubscription<T> upstream() {
        return upstream;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Fragment<T>> subscriber) {
        emitter.subscribe(requireNonNull(subscriber, "subscriber"));
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
