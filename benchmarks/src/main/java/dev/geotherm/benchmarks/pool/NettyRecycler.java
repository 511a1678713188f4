package dev.geotherm.benchmarks.pool;

import io.netty.util.Recycler;

/** Netty's Recycler, with one stack per thread; it pools only on Netty's threads, see {@link FastThreads}. */
final class NettyRecycler implements Rival {
    private final Recycler<Pooled> recycler;

    NettyRecycler(int dimension, boolean unguarded) {
        recycler = new Recycler<>(unguarded) {
            @Override
            protected Pooled newObject(Handle<Pooled> handle) {
                return new Pooled(dimension, handle);
            }
        };
    }

    @Override
    public Concept claim() {
        return recycler.get();
    }

    @Override
    public void release(Concept concept) {
        concept.reset();
        Pooled pooled = (Pooled) concept;
        pooled.handle.recycle(pooled);
    }

    private static final class Pooled extends Concept {
        private final Recycler.Handle<Pooled> handle;

        Pooled(int dimension, Recycler.Handle<Pooled> handle) {
            super(dimension);
            this.handle = handle;
        }
    }
}
