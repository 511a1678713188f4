package dev.geotherm.streaming.flow;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * The subscription of a processor's only subscriber: passes on elements as they are requested, one signal at a time. Thread-safe.
 */
final class Emitter<T> implements Flow.Subscription {
    private final Runnable onDelivered;
    private final Runnable onCancelled;
    private final Queue<T> waiting = new ArrayDeque<>();
    private Flow.@Nullable Subscriber<? super T> subscriber;
    private long demand;
    private boolean subscribed;
    private boolean completed;
    private boolean cancelled;
    private @Nullable Throwable error;

    /** Whether a thread passes signals on; it also passes on those that are added meanwhile. */
    private boolean emitting;

    /**
     * Creates an emitter without a subscriber.
     *
     * @param onDelivered called after each element that was passed on
     * @param onCancelled called when the subscriber wants no more
     */
    Emitter(Runnable onDelivered, Runnable onCancelled) {
        this.onDelivered = onDelivered;
        this.onCancelled = onCancelled;
    }

    void subscribe(Flow.Subscriber<? super T> newSubscriber) {
        if (accept(newSubscriber)) {
            newSubscriber.onSubscribe(this);
            release();
            emit();
        } else {
            newSubscriber.onSubscribe(new Emitter<>(() -> {}, () -> {}));
            newSubscriber.onError(
                    new IllegalStateException("a pipeline's processor has one subscriber, and has it already"));
        }
    }

    private synchronized boolean accept(Flow.Subscriber<? super T> newSubscriber) {
        boolean first = !subscribed;
        if (first) {
            subscribed = true;
            subscriber = newSubscriber;
            emitting = true;
        }
        return first;
    }

    private synchronized void release() {
        emitting = false;
    }

    synchronized void add(T element) {
        if (!cancelled && error == null) {
            waiting.add(element);
        }
    }

    synchronized void complete() {
        completed = true;
    }

    synchronized void fail(Throwable cause) {
        error = error == null ? cause : error;
        waiting.clear();
    }

    @Override
    public void request(long count) {
        if (count > 0) {
            addDemand(count);
        } else {
            onCancelled.run();
            fail(new IllegalArgumentException(
                    "rule 3.9 of Reactive Streams: non-positive subscription request of " + count));
        }
        emit();
    }

    private synchronized void addDemand(long count) {
        demand = demand + count < 0 ? Long.MAX_VALUE : demand + count;
    }

    @Override
    public void cancel() {
        synchronized (this) {
            cancelled = true;
            subscriber = null;
            waiting.clear();
        }
        onCancelled.run();
    }

    /** Passes on the signals that are due, unless another thread does. */
    void emit() {
        for (Runnable signal = nextSignal(false); signal != null; signal = nextSignal(true)) {
            boolean passed = false;
            try {
                signal.run();
                passed = true;
            } finally {
                if (!passed) {
                    cancel(); // a subscriber that throws breaks its contract
                }
            }
        }
    }

    private synchronized @Nullable Runnable nextSignal(boolean continues) {
        if (emitting && !continues) {
            return null;
        }
        Flow.Subscriber<? super T> receiver = subscriber;
        Runnable signal = receiver == null ? null : nextSignal(receiver);
        emitting = signal != null;
        return signal;
    }

    private @Nullable Runnable nextSignal(Flow.Subscriber<? super T> receiver) {
        Throwable cause = error;
        if (cause != null) {
            end();
            return () -> receiver.onError(cause);
        }
        T element = demand > 0 ? waiting.poll() : null;
        if (element != null) {
            demand -= demand == Long.MAX_VALUE ? 0 : 1;
            return () -> {
                receiver.onNext(element);
                onDelivered.run();
            };
        }
        if (completed && waiting.isEmpty()) {
            end();
            return receiver::onComplete;
        }
        return null;
    }

    private void end() {
        cancelled = true;
        subscriber = null;
    }
}
