package dev.geotherm.testkit.streaming;

import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.FragmentProcessor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A processor that records what it is given, can be held up, and then does what a clause wants. */
final class Plant implements FragmentProcessor<String> {
    private static final int OPEN = 1 << 20;

    final List<List<String>> batches = new CopyOnWriteArrayList<>();
    final AtomicInteger entered = new AtomicInteger();
    final AtomicInteger inside = new AtomicInteger();
    final AtomicInteger mostInside = new AtomicInteger();
    private final Semaphore gate;
    private final FragmentProcessor<String> work;

    private Plant(int permits, FragmentProcessor<String> work) {
        this.gate = new Semaphore(permits);
        this.work = work;
    }

    static Plant open(FragmentProcessor<String> work) {
        return new Plant(OPEN, work);
    }

    /** Returns a plant that holds every batch until {@link #release}. */
    static Plant held(FragmentProcessor<String> work) {
        return new Plant(0, work);
    }

    static Plant held() {
        return held(batch -> {});
    }

    void release() {
        gate.release(OPEN);
    }

    /** Returns the ids in the order in which they were given to the processor. */
    List<String> ids() {
        return batches.stream().flatMap(List::stream).toList();
    }

    @Override
    public void process(Batch<String> batch) throws Exception {
        batches.add(batch.fragments().stream().map(Fragment::id).toList());
        mostInside.accumulateAndGet(inside.incrementAndGet(), Math::max);
        entered.incrementAndGet();
        try {
            gate.acquire();
            work.process(batch);
        } finally {
            inside.decrementAndGet();
        }
    }
}
