package dev.geotherm.engine;

import dev.geotherm.api.anchor.PassageIndex;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The queue of batches that have anchors but are not indexed yet, in the order of their anchors. Any thread can index
 * waiting batches. When {@link #indexAll} returns, every batch added before the call is indexed.
 *
 * <p>Thread-safe.
 */
final class IndexingQueue {
    private final PassageIndex index;
    private final StageTimes times;
    private final Queue<AnchoredBatch> waiting = new ConcurrentLinkedQueue<>();

    IndexingQueue(PassageIndex index, StageTimes times) {
        this.index = index;
        this.times = times;
    }

    /** Adds a batch. Callers must add batches in the order in which these got their anchors. */
    void add(AnchoredBatch batch) {
        waiting.add(batch);
    }

    /** Indexes all waiting batches, and returns their number. */
    synchronized int indexAll() {
        int indexed = 0;
        for (AnchoredBatch next = waiting.peek(); next != null; next = waiting.peek()) {
            long start = System.nanoTime();
            next.index(index);
            waiting.remove();
            times.add(StageTimes.Stage.INDEX, start);
            indexed++;
        }
        return indexed;
    }
}
