package dev.geotherm.testkit.streaming;

import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.FragmentProcessor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A processor that records its batches, can be blocked, and then does the work that a clause gives it. */
final class ControllableProcessor implements FragmentProcessor<String> {
    private static final int UNLIMITED = 1 << 20;

    final List<List<String>> batches = new CopyOnWriteArrayList<>();
    final AtomicInteger entered = new AtomicInteger();
    final AtomicInteger inside = new AtomicInteger();
    final AtomicInteger mostInside = new AtomicInteger();
    private final Semaphore gate;
    private final FragmentProcessor<String> work;

    private ControllableProcessor(int permits, FragmentProcessor<String> work) {
        this.gate = new Semaphore(permits);
        this.work = work;
    }

    static ControllableProcessor unblocked(FragmentProcessor<String> work) {
        return new ControllableProcessor(UNLIMITED, work);
    }

    /** Returns a processor that blocks in every batch until {@link #release}. */
    static ControllableProcessor blocked(FragmentProcessor<String> work) {
        return new ControllableProcessor(0, work);
    }

    static ControllableProcessor blocked() {
        return blocked(batch -> {});
    }

    /** Lets one batch pass. */
    void releaseOne() {
        gate.release();
    }

    void release() {
        gate.release(UNLIMITED);
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
