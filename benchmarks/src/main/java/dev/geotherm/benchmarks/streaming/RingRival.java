package dev.geotherm.benchmarks.streaming;

import dev.geotherm.api.streaming.Fragment;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MpscArrayQueue;

/** A bare ring buffer of JCTools. A thread that finds it full or empty spins, then yields, then parks for a microsecond at a time. */
final class RingRival implements Rival {
    private static final int SPINS = 100;
    private static final int YIELDS = 20;

    private final MpscArrayQueue<Fragment<Sample>> queue;
    private final Thread consumer;
    private volatile boolean closed;

    RingRival(int capacity, Sink sink) {
        this.queue = new MpscArrayQueue<>(capacity);
        this.consumer = new Thread(() -> consume(sink), "consumer");
        consumer.start();
    }

    @Override
    public void put(Fragment<Sample> record) {
        for (int tries = 0; !queue.offer(record); tries++) {
            idle(tries);
        }
    }

    private void consume(Sink sink) {
        int tries = 0;
        while (!closed) {
            int drained = queue.drain(sink::accept, BATCH);
            if (drained > 0) {
                sink.endBatch();
                tries = 0;
            } else {
                idle(tries++);
            }
        }
    }

    private static void idle(int tries) {
        if (tries < SPINS) {
            Thread.onSpinWait();
        } else if (tries < SPINS + YIELDS) {
            Thread.yield();
        } else {
            LockSupport.parkNanos(1_000);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        consumer.join();
    }
}
