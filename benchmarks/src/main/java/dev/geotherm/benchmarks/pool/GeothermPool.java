package dev.geotherm.benchmarks.pool;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Settings;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.ObjectPoolsFactory;
import dev.geotherm.api.pool.PoolSlot;
import dev.geotherm.api.pool.Poolable;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * One of our pools, found by name, with default settings except for the sizes. Its objects know their size, so that all
 * default metrics are measured.
 */
class GeothermPool implements Rival {
    final ObjectPool<Concept> pool;
    private final ObjectPools pools;

    /**
     * Opens a pool.
     *
     * @param poolable whether the objects store their slot
     * @param settings other settings than the sizes
     */
    GeothermPool(String implementation, int size, int dimension, boolean poolable, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("initialSize", String.valueOf(size));
        all.put("maxSize", String.valueOf(size));
        pools = create(factory(implementation), all);
        pool = pools.open("concepts", new ConceptAllocator(dimension, poolable));
    }

    static ObjectPoolsFactory<?> factory(String implementation) {
        for (ObjectPoolsFactory<?> factory : ServiceLoader.load(ObjectPoolsFactory.class)) {
            if (factory.name().equals(implementation)) {
                return factory;
            }
        }
        throw new IllegalArgumentException("no pool named '" + implementation + "'");
    }

    private static <S extends Record> ObjectPools create(ObjectPoolsFactory<S> factory, Map<String, String> settings) {
        return factory.create(Settings.of(factory.settings(), settings), ComponentContext.standalone("benchmark"));
    }

    @Override
    public Concept claim() {
        return pool.acquire();
    }

    @Override
    public void release(Concept concept) {
        pool.release(concept);
    }

    @Override
    public void close() {
        pools.close();
    }

    /** Through a lease in a try-with-resources statement. */
    static final class ByLease extends GeothermPool {
        ByLease(String implementation, int size, int dimension, Map<String, String> settings) {
            super(implementation, size, dimension, true, settings);
        }

        @Override
        public void once(Filling filling) {
            try (Lease<Concept> lease = pool.lease()) {
                filling.apply(lease.get());
            }
        }
    }

    /** Through a function that receives the object. */
    static final class ByUse extends GeothermPool {
        ByUse(String implementation, int size, int dimension, Map<String, String> settings) {
            super(implementation, size, dimension, true, settings);
        }

        @Override
        public void once(Filling filling) {
            pool.use(filling);
        }
    }

    private static final class PoolableConcept extends Concept implements Poolable {
        private PoolSlot slot;

        PoolableConcept(int dimension) {
            super(dimension);
        }

        @Override
        public PoolSlot slot() {
            return slot;
        }

        @Override
        public void slot(PoolSlot newSlot) {
            slot = newSlot;
        }
    }

    private record ConceptAllocator(int dimension, boolean poolable) implements Allocator<Concept> {

        @Override
        public Concept allocate() {
            return poolable ? new PoolableConcept(dimension) : new Concept(dimension);
        }

        @Override
        public void reset(Concept concept) {
            concept.reset();
        }

        @Override
        public long sizeInBytes(Concept concept) {
            return 56 + 4L * dimension;
        }
    }
}
