package dev.geotherm.benchmarks.streaming;

import dev.geotherm.api.streaming.Fragment;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.jctools.queues.MpscArrayQueue;
import reactor.core.Disposable;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** Reactor's {@code bufferTimeout} in its fair mode, the one that respects backpressure, over a bounded unicast sink. */
final class ReactorRival implements Rival {
    private static final int SPINS = 100;
    private static final int YIELDS = 20;

    private final Sinks.Many<Fragment<Sample>> sink;
    private final Scheduler scheduler = Schedulers.newSingle("consumer");
    private final Disposable subscription;

    ReactorRival(int capacity, Sink records) {
        Queue<Fragment<Sample>> queue = new MpscArrayQueue<>(capacity);
        sink = Sinks.unsafe().many().unicast().onBackpressureBuffer(queue);
        subscription = sink.asFlux()
                .publishOn(scheduler)
                .bufferTimeout(BATCH, Duration.ofMillis(1), true)
                .subscribe(batch -> {
                    for (int i = 0; i < batch.size(); i++) {
                        records.accept(batch.get(i));
                    }
                    records.endBatch();
                });
    }

    @Override
    public void put(Fragment<Sample> record) {
        int tries = 0;
        while (sink.tryEmitNext(record) != Sinks.EmitResult.OK) {
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
    public void close() {
        subscription.dispose();
        scheduler.dispose();
    }
}
