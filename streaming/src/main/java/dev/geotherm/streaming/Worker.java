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
        try {
            for (RunningBatch<T> work = queue.take(); work != null; work = queue.take()) {
                queue.finish(work, process(work));
                dispatcher.awaitRoom();
            }
        } catch (Throwable died) {
            queue.die(died);
        }
    }

    private @Nullable Throwable process(RunningBatch<T> work) {
        try {
            processor.process(work);
            return null;
        } catch (Throwable failed) { // an Error too is the failure of this batch
            return failed;
        } finally {
            work.returned();
        }
    }
}
