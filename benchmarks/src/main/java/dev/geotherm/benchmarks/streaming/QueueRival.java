package dev.geotherm.benchmarks.streaming;

import dev.geotherm.api.streaming.Fragment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.Semaphore;

/** A blocking queue of the JDK, which a thread drains by hand: it takes a record, then drains the rest. */
final class QueueRival implements Rival {
    private final BlockingQueue<Fragment<Sample>> queue;
    private final Semaphore room;
    private final Thread consumer;

    /**
     * Creates a queue with its consumer.
     *
     * @param bound the capacity, if the queue itself is not bounded; 0 if it is
     */
    private QueueRival(BlockingQueue<Fragment<Sample>> queue, int bound, Sink sink) {
        this.queue = queue;
        this.room = bound == 0 ? null : new Semaphore(bound);
        this.consumer = new Thread(() -> consume(sink), "consumer");
        consumer.start();
    }

    static Rival arrayBlockingQueue(int capacity, Sink sink) {
        return new QueueRival(new ArrayBlockingQueue<>(capacity), 0, sink);
    }

    static Rival priorityBlockingQueue(int capacity, Sink sink) {
        Comparator<Fragment<Sample>> higherFirst = Comparator.comparingInt(
                (Fragment<Sample> record) -> -record.priority().level());
        return new QueueRival(new PriorityBlockingQueue<>(capacity, higherFirst), capacity, sink);
    }

    @Override
    public void put(Fragment<Sample> record) throws InterruptedException {
        if (room != null) {
            room.acquire();
        }
        queue.put(record);
    }

    private void consume(Sink sink) {
        List<Fragment<Sample>> batch = new ArrayList<>(BATCH);
        try {
            while (true) {
                batch.add(queue.take());
                queue.drainTo(batch, BATCH - 1);
                if (room != null) {
                    room.release(batch.size());
                }
                for (int i = 0; i < batch.size(); i++) {
                    sink.accept(batch.get(i));
                }
                sink.endBatch();
                batch.clear();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws InterruptedException {
        consumer.interrupt();
        consumer.join();
    }
}
