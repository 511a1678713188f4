package dev.geotherm.engine;

import dev.geotherm.api.anchor.PassageIndex;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The batches that have their anchors and are not indexed yet, in the order of their anchors. Any thread indexes what waits;
 * after {@link #indexAll} returns, every batch that was added before the call is indexed.
 *
 * <p>Safe for use by many threads.
 */
final class IndexingQueue {
    private final PassageIndex index;
    private final StageTimes times;
    private final Queue<AnchoredBatch> waiting = new ConcurrentLinkedQueue<>();

    IndexingQueue(PassageIndex index, StageTimes times) {
        this.index = index;
        this.times = times;
    }

    /** Adds a batch; the caller adds them in the order in which they got their anchors. */
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
