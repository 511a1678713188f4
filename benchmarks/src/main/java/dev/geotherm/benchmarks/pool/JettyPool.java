package dev.geotherm.benchmarks.pool;

import java.util.function.Function;
import org.eclipse.jetty.util.ConcurrentPool;
import org.eclipse.jetty.util.Pool;

/** Jetty's {@code ConcurrentPool} with the strategy that its connections use. */
final class JettyPool implements Rival {
    private final ConcurrentPool<Pooled> pool;
    private final Function<Pool.Entry<Pooled>, Pooled> maker;

    JettyPool(int size, int dimension) {
        maker = entry -> new Pooled(dimension, entry);
        pool = new ConcurrentPool<>(ConcurrentPool.StrategyType.THREAD_ID, size);
        for (int i = 0; i < size; i++) {
            Pool.Entry<Pooled> entry = pool.reserve();
            entry.enable(maker.apply(entry), false);
        }
    }

    @Override
    public Concept claim() {
        Pool.Entry<Pooled> entry = pool.acquire(maker);
        if (entry == null) {
            throw new IllegalStateException("every object is in use, and this pool cannot wait");
        }
        return entry.getPooled();
    }

    @Override
    public void release(Concept concept) {
        concept.reset();
        ((Pooled) concept).entry.release();
    }

    private static final class Pooled extends Concept {
        private final Pool.Entry<Pooled> entry;

        Pooled(int dimension, Pool.Entry<Pooled> entry) {
            super(dimension);
            this.entry = entry;
        }
    }
}
