package dev.geotherm.batch.job;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a job, which take batches from the queue and evaluate them.
 *
 * <p>They pass results on through a short queue, and wait when its reader is slower. This bounds memory, and limits the loss
 * of a killed process to a few batches.
 */
final class Workers {
    private final JobThreads threads;
    private final int count;
    private final BatchQueue batches;
    private final BatchRunner<?, ?> runner;
    private final BlockingQueue<Message> messages;

    Workers(JobThreads threads, int count, BatchQueue batches, BatchRunner<?, ?> runner) {
        this.threads = threads;
        this.count = count;
        this.batches = batches;
        this.runner = runner;
        this.messages = new ArrayBlockingQueue<>(Math.max(1, count));
    }

    /** A message from a worker: a result, or the end of the worker and the failure that caused it, if any. */
    private record Message(
            BatchRunner.@Nullable Result result, @Nullable Throwable failure) {}

    /** A consumer of results. */
    @FunctionalInterface
    interface ResultConsumer {
        void accept(BatchRunner.Result result);
    }

    /**
     * Runs all workers until the queue is empty or stopped, and passes each result to the consumer in the calling thread.
     * A failure of a worker or of the consumer stops the queue.
     *
     * @return the first failure, or null
     */
    @Nullable
    Throwable run(ResultConsumer consumer) {
        Throwable failure = null;
        int alive = 0;
        try {
            for (int i = 0; i < count; i++) {
                int worker = i;
                threads.execute(() -> work(worker));
                alive++;
            }
        } catch (Throwable e) { // the system is out of threads: the running workers must end
            failure = e;
        }
        while (alive > 0) {
            if (failure != null) {
                batches.stop();
            }
            Message message = takeMessage();
            BatchRunner.Result result = message.result();
            if (result == null) {
                alive--;
                failure = failure == null ? message.failure() : failure;
                continue;
            }
            try {
                consumer.accept(result);
            } catch (Throwable e) { // most likely a full disk: the workers must still end
                failure = failure == null ? e : failure;
            }
        }
        return failure;
    }

    private void work(int worker) {
        Throwable failure = null;
        try {
            for (int[] batch = batches.take(worker); batch != null; batch = batches.take(worker)) {
                BatchRunner.Result result = runner.evaluate(batch);
                Thread.interrupted(); // the function may have left the flag set
                putMessage(new Message(result, null));
            }
        } catch (JobStopped stopped) {
            failure = null; // the batch has no outcome; a resumed job evaluates it
        } catch (Throwable e) { // after any failure, the reader must not wait for this worker
            failure = e;
        }
        putMessage(new Message(null, failure));
    }

    /** Takes a message. An interrupt means that the platform is shutting down its threads, so it stops the queue. */
    private Message takeMessage() {
        while (true) {
            try {
                return messages.take();
            } catch (InterruptedException e) {
                batches.stop();
            }
        }
    }

    private void putMessage(Message message) {
        while (true) {
            try {
                messages.put(message);
                return;
            } catch (InterruptedException e) {
                batches.stop();
            }
        }
    }
}
