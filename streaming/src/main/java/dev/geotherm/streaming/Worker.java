package dev.geotherm.streaming;

import dev.geotherm.api.streaming.FragmentProcessor;
import org.jspecify.annotations.Nullable;

/** The loop of a thread that takes batches and has them processed. */
final class Worker<T> implements Runnable {
    private final LaneQueue<T> queue;
    private final FragmentProcessor<T> processor;
    private final EventDispatcher<T> dispatcher;

    Worker(LaneQueue<T> queue, FragmentProcessor<T> processor, EventDispatcher<T> dispatcher) {
        this.queue = queue;
        this.processor = processor;
        this.dispatcher = dispatcher;
    }

    @Override
    public void run() {
        queue.runWorker(() -> {
            for (RunningBatch<T> batch = queue.take(); batch != null; batch = queue.take()) {
                queue.finish(batch, process(batch));
                dispatcher.awaitRoom();
            }
        });
    }

    private @Nullable Failure process(RunningBatch<T> batch) {
        Throwable thrown = null;
        try {
            processor.process(batch);
        } catch (Throwable failed) { // an Error too is the failure of this batch
            thrown = failed;
        }
        return batch.returned(thrown);
    }
}
