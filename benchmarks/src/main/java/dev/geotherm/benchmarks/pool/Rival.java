package dev.geotherm.benchmarks.pool;

/** A source of objects: one of our pools, a peer's pool, or no pool. */
interface Rival extends AutoCloseable {

    /** Acquires an object; if none is idle, it waits, if the pool supports that. */
    Concept claim() throws Exception;

    /** Releases an object that {@link #claim()} returned. */
    void release(Concept concept) throws Exception;

    /** Acquires an object, fills it and releases it. */
    default void once(Filling filling) throws Exception {
        Concept concept = claim();
        filling.apply(concept);
        release(concept);
    }

    @Override
    default void close() throws Exception {}
}
