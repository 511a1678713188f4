package dev.geotherm.testkit.pool;

import dev.geotherm.api.pool.Allocator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** An allocator of {@link Probe}s that counts its calls and can be made to fail. It keeps no object alive. */
final class ProbeAllocator implements Allocator<Probe> {
    static final long SIZE = 100;

    private final BooleanSupplier slotted;

    final AtomicInteger allocated = new AtomicInteger();
    final AtomicInteger resets = new AtomicInteger();
    final AtomicInteger deallocated = new AtomicInteger();

    /** The number of allocations that fail from now on. */
    final AtomicInteger allocationsToFail = new AtomicInteger();

    /** The number of allocations, resets and validations that failed. */
    final AtomicInteger failures = new AtomicInteger();

    volatile boolean failsToAllocate;
    volatile boolean failsToReset;
    volatile boolean failsToValidate;
    volatile boolean failsToDeallocate;

    /** Runs inside every call, to test concurrent events. */
    volatile Runnable meanwhile = () -> {};

    /** Creates an allocator; {@code slotted} decides whether its objects are {@link dev.geotherm.api.pool.Poolable}. */
    ProbeAllocator(BooleanSupplier slotted) {
        this.slotted = slotted;
    }

    /** Returns a probe that belongs to no pool. */
    Probe foreign() {
        return slotted.getAsBoolean() ? new SlottedProbe() : new Probe();
    }

    static final class PlantedException extends Exception {
        private static final long serialVersionUID = 1L;

        PlantedException() {
            super("planted by the contract");
        }
    }

    @Override
    public Probe allocate() throws PlantedException {
        meanwhile.run();
        if (failsToAllocate || allocationsToFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            failures.incrementAndGet();
            throw new PlantedException();
        }
        allocated.incrementAndGet();
        return foreign();
    }

    @Override
    public void reset(Probe probe) throws PlantedException {
        probe.take();
        try {
            meanwhile.run();
            resets.incrementAndGet();
            if (failsToReset) {
                failures.incrementAndGet();
                throw new PlantedException();
            }
            probe.content = 0;
        } finally {
            probe.giveBack();
        }
    }

    @Override
    public boolean validate(Probe probe) {
        probe.take();
        try {
            meanwhile.run();
            if (failsToValidate) {
                failures.incrementAndGet();
                throw new IllegalStateException("planted by the contract");
            }
            return !probe.broken;
        } finally {
            probe.giveBack();
        }
    }

    @Override
    public void deallocate(Probe probe) {
        probe.take(); // permanently: a second deallocation or a later use finds the object taken
        probe.gone = true;
        deallocated.incrementAndGet();
        meanwhile.run();
        if (failsToDeallocate) {
            throw new IllegalStateException("planted by the contract");
        }
    }

    @Override
    public long sizeInBytes(Probe probe) {
        return SIZE;
    }
}
