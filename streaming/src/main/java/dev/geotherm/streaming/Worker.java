package dev.geotherm.streaming;

import dev.geotherm.api.streaming.FragmentProcessor;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** The loop of a thread that takes batches and passes them to the processor. */
final class Worker<T> implements Runnable {
    private final LaneQueue<T> queue;
    private final FragmentProcessor<T> processor;
    private final EventDispatcher<T> dispatcher;

    /** The batches of the threads that run. */
    private final Set<RunningBatch<T>> batches = ConcurrentHashMap.newKeySet();

    Worker(LaneQueue<T> queue, FragmentProcessor<T> processor, EventDispatcher<T> dispatcher) {
        this.queue = queue;
        this.processor = processor;
        this.dispatcher = dispatcher;
    }

    @Override
    public void run() {
        queue.runWorker(() -> OutOfMemoryRetry.run(this::work));
    }

    private void work() {
        RunningBatch<T> batch = queue.newBatch();
        BooleanSupplier take = () -> {
            dispatcher.awaitRoom();
            return queue.take(batch);
        };
        Runnable finish = () -> queue.finish(batch);
        batches.add(batch);
        try {
            while (OutOfMemoryRetry.get(take)) {
                process(batch);
                OutOfMemoryRetry.run(finish);
            }
        } finally {
            batches.remove(batch);
        }
    }

    /** Returns the names of the threads that are inside the processor. */
    List<String> processing() {
        return batches.stream()
                .filter(batch -> batch.processing)
                .map(batch -> batch.worker.getName())
                .toList();
    }

    private void process(RunningBatch<T> batch) {
        Throwable thrown = null;
        batch.processing = true;
        try {
            if (batch.view().size() > 0) { // all can have expired
                processor.process(batch.view());
            }
        } catch (Throwable failed) { // an Error, too, fails only this batch
            thrown = failed;
        }
        batch.processing = false;
        batch.returned(thrown);
    }
}
