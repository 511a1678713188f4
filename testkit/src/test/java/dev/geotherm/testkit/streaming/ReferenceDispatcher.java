package dev.geotherm.testkit.streaming;

import dev.geotherm.api.streaming.PipelineListener;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** The loop that passes events to a listener, with a lock held during each call. */
final class ReferenceDispatcher<T> implements Runnable {
    private final PipelineListener<T> listener;
    private final Object lock;
    private final LinkedBlockingQueue<Optional<Consumer<PipelineListener<T>>>> events = new LinkedBlockingQueue<>();

    ReferenceDispatcher(PipelineListener<T> listener, Object lock) {
        this.listener = listener;
        this.lock = lock;
    }

    void add(Consumer<PipelineListener<T>> event) {
        events.add(Optional.of(event));
    }

    void end() {
        events.add(Optional.empty());
    }

    @Override
    public void run() {
        try {
            for (Optional<Consumer<PipelineListener<T>>> event = events.take();
                    event.isPresent();
                    event = events.take()) {
                try {
                    synchronized (lock) {
                        event.get().accept(listener);
                    }
                } catch (Throwable thrown) {
                    continue; // exceptions of a listener are ignored
                }
            }
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }
}
