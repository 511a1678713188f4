package dev.geotherm.streaming;

import dev.geotherm.api.streaming.FragmentProcessor;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The loop of a thread that takes batches and has them processed. */
final class Worker<T> implements Runnable {
    private final LaneQueue<T> queue;
    private final FragmentProcessor<T> processor;
    private final EventDispatcher<T> dispatcher;
    private final Set<Thread> processing = ConcurrentHashMap.newKeySet();

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

    /** Returns the names of the threads that are inside the processor. */
    List<String> processing() {
        return processing.stream().map(Thread::getName).toList();
    }

    private @Nullable Failure process(RunningBatch<T> batch) {
        Thread thread = Thread.currentThread();
        Throwable thrown = null;
        try {
            processing.add(thread);
            processor.process(batch);
        } catch (Throwable failed) { // an Error too is the failure of this batch
            thrown = failed;
        } finally {
            processing.remove(thread);
        }
        return batch.returned(thrown);
    }
}
