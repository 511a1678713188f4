package dev.geotherm.batch.job;

import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A thread-safe queue of batches that limits how many workers may take them. */
final class BatchQueue {
    private final int[] order;
    private final int batchSize;
    private int next;
    private int allowedWorkers;
    private boolean stopped;

    /** Creates a queue of item indexes in evaluation order. */
    BatchQueue(int[] order, int batchSize, int allowedWorkers) {
        this.order = order;
        this.batchSize = batchSize;
        this.allowedWorkers = allowedWorkers;
    }

    /** Returns the indexes of the items without an outcome, in the order in which the mode evaluates them. */
    static int[] order(List<? extends EvaluationItem<?>> items, IntPredicate hasOutcome, EvaluationMode mode) {
        IntStream missing = IntStream.range(0, items.size()).filter(hasOutcome.negate());
        if (mode != EvaluationMode.PRIORITY) {
            return missing.toArray();
        }
        Comparator<Integer> byPriority =
                Comparator.comparingInt(i -> items.get(i).priority());
        Comparator<Integer> byEstimate =
                Comparator.<Integer, Duration>comparing(i -> items.get(i).estimate());
        return missing.boxed()
                .sorted(byPriority.reversed().thenComparing(byEstimate))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    int batches() {
        return (int) ((order.length + (long) batchSize - 1) / batchSize);
    }

    /**
     * Returns the next batch, or null if the queue is empty or stopped. Waits while this worker may not take one;
     * interrupting the waiting worker stops the queue.
     *
     * @param worker the zero-based number of the worker
     */
    synchronized int @Nullable [] take(int worker) {
        try {
            while (worker >= allowedWorkers && next < order.length && !stopped) {
                wait();
            }
        } catch (InterruptedException e) {
            stopped = true;
        }
        if (stopped || next >= order.length) {
            notifyAll();
            return null;
        }
        int from = next;
        next = (int) Math.min(order.length, from + (long) batchSize);
        return Arrays.copyOfRange(order, from, next);
    }

    /** Sets how many workers may take batches; the lowest-numbered workers may. */
    synchronized void allow(int workers) {
        allowedWorkers = workers;
        notifyAll();
    }

    /** Stops the queue: no further batch is taken. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    /**
     * Waits for a time, or until the queue is stopped.
     *
     * @throws JobStopped if the queue is stopped
     */
    synchronized void awaitStop(long nanos) throws InterruptedException {
        long start = System.nanoTime();
        for (long left = nanos; left > 0 && !stopped; left = nanos - (System.nanoTime() - start)) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        if (stopped) {
            throw new JobStopped();
        }
    }
}
