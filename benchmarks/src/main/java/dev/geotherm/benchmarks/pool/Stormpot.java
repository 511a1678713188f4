package dev.geotherm.benchmarks.pool;

import java.util.concurrent.TimeUnit;
import stormpot.Allocator;
import stormpot.Expiration;
import stormpot.Pool;
import stormpot.PoolBuilder;
import stormpot.PoolTap;
import stormpot.Poolable;
import stormpot.Slot;
import stormpot.Timeout;

/** Stormpot: with defaults, without expiry, and, since 4.0, through its tap for virtual threads. */
final class Stormpot implements Rival {
    private static final Timeout LONG = new Timeout(5, TimeUnit.MINUTES);

    private final Pool<Pooled> pool;
    private final PoolTap<Pooled> tap;

    Stormpot(int size, int dimension, boolean expires, boolean forVirtualThreads) throws Exception {
        PoolBuilder<Pooled> builder = Pool.from(new PooledAllocator(dimension)).setSize(size);
        if (!expires) {
            builder = builder.setExpiration(Expiration.never());
        }
        pool = builder.build();
        while (pool.getManagedPool().getAllocationCount() < size) {
            Thread.sleep(1); // it allocates in its own thread
        }
        tap = forVirtualThreads ? virtualThreadTap(pool) : pool;
    }

    @SuppressWarnings("unchecked")
    private static PoolTap<Pooled> virtualThreadTap(Pool<Pooled> pool) throws ReflectiveOperationException {
        try {
            return (PoolTap<Pooled>)
                    Pool.class.getMethod("getVirtualThreadSafeTap").invoke(pool);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(
                    "this Stormpot has no tap for virtual threads: build the benchmarks with a JDK 21 or newer", e);
        }
    }

    @Override
    public Concept claim() throws Exception {
        Pooled concept = tap.claim(LONG);
        if (concept == null) {
            throw new IllegalStateException("no object within five minutes");
        }
        return concept;
    }

    @Override
    public void release(Concept concept) {
        ((Pooled) concept).release();
    }

    @Override
    public void close() {
        pool.shutdown();
    }

    private static final class Pooled extends Concept implements Poolable {
        private final Slot slot;

        Pooled(int dimension, Slot slot) {
            super(dimension);
            this.slot = slot;
        }

        @Override
        public void release() {
            reset();
            slot.release(this);
        }
    }

    private static final class PooledAllocator implements Allocator<Pooled> {
        private final int dimension;

        PooledAllocator(int dimension) {
            this.dimension = dimension;
        }

        @Override
        public Pooled allocate(Slot slot) {
            return new Pooled(dimension, slot);
        }

        @Override
        public void deallocate(Pooled pooled) {}
    }
}
