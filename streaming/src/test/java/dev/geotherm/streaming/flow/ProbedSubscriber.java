package dev.geotherm.streaming.flow;

import dev.geotherm.api.streaming.Fragment;
import java.util.concurrent.Flow;
import org.reactivestreams.tck.SubscriberWhiteboxVerification.SubscriberPuppet;
import org.reactivestreams.tck.SubscriberWhiteboxVerification.WhiteboxSubscriberProbe;

/** A subscriber that tells the TCK's probe each signal before another subscriber receives it. */
record ProbedSubscriber(PipelineSubscriber<Integer> target, WhiteboxSubscriberProbe<Fragment<Integer>> probe)
        implements Flow.Subscriber<Fragment<Integer>> {
    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        target.onSubscribe(subscription);
        probe.registerOnSubscribe(new SubscriberPuppet() {
            @Override
            public void triggerRequest(long elements) {
                subscription.request(elements);
            }

            @Override
            public void signalCancel() {
                target.cancel();
            }
        });
    }

    @Override
    public void onNext(Fragment<Integer> fragment) {
        target.onNext(fragment);
        probe.registerOnNext(fragment);
    }

    @Override
    public void onError(Throwable error) {
        target.onError(error);
        probe.registerOnError(error);
    }

    @Override
    public void onComplete() {
        target.onComplete();
        probe.registerOnComplete();
    }
}
