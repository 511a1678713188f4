package dev.geotherm.benchmarks.streaming;

import dev.geotherm.api.streaming.Fragment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.stream.BoundedSourceQueue;
import org.apache.pekko.stream.QueueOfferResult;
import org.apache.pekko.stream.javadsl.Source;

/** Pekko's {@code groupedWithin} behind its bounded source queue. */
final class PekkoRival implements Rival {
    private static final int SPINS = 100;
    private static final int YIELDS = 20;

    private final ActorSystem system = ActorSystem.create("benchmark");
    private final BoundedSourceQueue<Fragment<Sample>> queue;

    PekkoRival(int capacity, Sink sink) {
        queue = Source.<Fragment<Sample>>queue(capacity)
                .groupedWithin(BATCH, Duration.ofMillis(1))
                .to(org.apache.pekko.stream.javadsl.Sink.foreach((List<Fragment<Sample>> batch) -> {
                    for (Fragment<Sample> record : batch) {
                        sink.accept(record);
                    }
                    sink.endBatch();
                }))
                .run(system);
    }

    @Override
    public void put(Fragment<Sample> record) {
        int tries = 0;
        while (queue.offer(record) != QueueOfferResult.enqueued()) {
            if (tries < SPINS) {
                Thread.onSpinWait();
            } else if (tries < SPINS + YIELDS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(1_000);
            }
            tries++;
        }
    }

    @Override
    public void close() throws Exception {
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().get();
    }
}
