package dev.geotherm.batch;

import dev.geotherm.api.batch.EvaluationItem;
import dev.geotherm.api.batch.EvaluationMode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The items that are to be evaluated, cut into batches, and how many workers may take one. Safe for use by many threads. */
final class Schedule {
    private final int[] order;
    private final int batchSize;
    private int next;
    private int allowed;
    private boolean stopped;

    /** Creates a schedule of the items with these indexes, in this order. */
    Schedule(int[] order, int batchSize, int allowed) {
        this.order = order;
        this.batchSize = batchSize;
        this.allowed = allowed;
    }

    /** Returns the items that the journal lacks, in the order in which the mode takes them. */
    static int[] missing(List<? extends EvaluationItem<?>> items, Journal journal, EvaluationMode mode) {
        IntStream missing = IntStream.range(0, items.size()).filter(i -> !journal.has(i));
        if (mode != EvaluationMode.PRIORITY) {
            return missing.toArray();
        }
        Comparator<Integer> higherFirst =
                Comparator.comparingInt(i -> items.get(i).priority());
        Comparator<Integer> shorterFirst =
                Comparator.<Integer, Duration>comparing(i -> items.get(i).estimate());
        return missing.boxed()
                .sorted(higherFirst.reversed().thenComparing(shorterFirst))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    int batches() {
        return (int) ((order.length + (long) batchSize - 1) / batchSize);
    }

    /**
     * Returns the next batch, or null if there is none; waits while this worker may not take one.
     *
     * @param worker its number, from 0
     */
    synchronized int @Nullable [] take(int worker) throws InterruptedException {
        while (worker >= allowed && next < order.length && !stopped) {
            wait();
        }
        if (stopped || next >= order.length) {
            notifyAll();
            return null;
        }
        int from = next;
        next = (int) Math.min(order.length, from + (long) batchSize);
        return Arrays.copyOfRange(order, from, next);
    }

    /** Lets the first so many workers take batches. */
    synchronized void allow(int workers) {
        allowed = workers;
        notifyAll();
    }

    /** Ends the schedule here. */
    synchronized void stop() {
        stopped = true;
        notifyAll();
    }
}
