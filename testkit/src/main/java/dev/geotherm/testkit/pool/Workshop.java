package dev.geotherm.testkit.pool;

import dev.geotherm.api.pool.Allocator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** An allocator of {@link Thing}s that counts what it does and fails when it is told to; it keeps no object alive. */
final class Workshop implements Allocator<Thing> {
    static final long SIZE = 100;

    private final BooleanSupplier slotted;

    final AtomicInteger allocated = new AtomicInteger();
    final AtomicInteger resets = new AtomicInteger();
    final AtomicInteger deallocated = new AtomicInteger();

    /** How many allocations fail from now on. */
    final AtomicInteger allocationsToFail = new AtomicInteger();

    /** How many allocations, resets and validations failed. */
    final AtomicInteger failures = new AtomicInteger();

    volatile boolean failsToAllocate;
    volatile boolean failsToReset;
    volatile boolean failsToValidate;
    volatile boolean failsToDeallocate;

    /** Run inside of every call, to see what may happen meanwhile. */
    volatile Runnable meanwhile = () -> {};

    /** Creates a workshop; what it makes is {@link dev.geotherm.api.pool.Poolable} or is not. */
    Workshop(BooleanSupplier slotted) {
        this.slotted = slotted;
    }

    /** Returns a thing that no pool knows. */
    Thing foreign() {
        return slotted.getAsBoolean() ? new SlottedThing() : new Thing();
    }

    static final class PlantedException extends Exception {
        private static final long serialVersionUID = 1L;

        PlantedException() {
            super("planted by the contract");
        }
    }

    @Override
    public Thing allocate() throws PlantedException {
        meanwhile.run();
        if (failsToAllocate || allocationsToFail.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            failures.incrementAndGet();
            throw new PlantedException();
        }
        allocated.incrementAndGet();
        return foreign();
    }

    @Override
    public void reset(Thing thing) throws PlantedException {
        thing.take();
        try {
            meanwhile.run();
            resets.incrementAndGet();
            if (failsToReset) {
                failures.incrementAndGet();
                throw new PlantedException();
            }
            thing.content = 0;
        } finally {
            thing.giveBack();
        }
    }

    @Override
    public boolean validate(Thing thing) {
        thing.take();
        try {
            meanwhile.run();
            if (failsToValidate) {
                failures.incrementAndGet();
                throw new IllegalStateException("planted by the contract");
            }
            return !thing.broken;
        } finally {
            thing.giveBack();
        }
    }

    @Override
    public void deallocate(Thing thing) {
        thing.take(); // for ever: a second deallocation, or a use after it, finds the object taken
        thing.gone = true;
        deallocated.incrementAndGet();
        meanwhile.run();
        if (failsToDeallocate) {
            throw new IllegalStateException("planted by the contract");
        }
    }

    @Override
    public long sizeInBytes(Thing thing) {
        return SIZE;
    }
}
