package dev.geotherm.benchmarks.pool;

import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/** commons-pool2's {@code GenericObjectPool}: its defaults, with or without its detailed statistics. */
final class CommonsPool implements Rival {
    private final GenericObjectPool<Concept> pool;

    CommonsPool(int size, int dimension, boolean detailedStatistics) throws Exception {
        GenericObjectPoolConfig<Concept> config = new GenericObjectPoolConfig<>();
        config.setMaxTotal(size);
        config.setMaxIdle(size);
        config.setCollectDetailedStatistics(detailedStatistics);
        pool = new GenericObjectPool<>(new Factory(dimension), config);
        pool.addObjects(size);
    }

    @Override
    public Concept claim() throws Exception {
        return pool.borrowObject();
    }

    @Override
    public void release(Concept concept) {
        pool.returnObject(concept);
    }

    @Override
    public void close() {
        pool.close();
    }

    private static final class Factory extends BasePooledObjectFactory<Concept> {
        private final int dimension;

        Factory(int dimension) {
            this.dimension = dimension;
        }

        @Override
        public Concept create() {
            return new Concept(dimension);
        }

        @Override
        public PooledObject<Concept> wrap(Concept concept) {
            return new DefaultPooledObject<>(concept);
        }

        @Override
        public void passivateObject(PooledObject<Concept> pooled) {
            pooled.getObject().reset();
        }
    }
}
