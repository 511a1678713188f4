package dev.geotherm.benchmarks.pool;

/** One way to get at an object: a pool, ours or a peer's, or none. */
interface Rival extends AutoCloseable {

    /** Claims an object; with none idle it waits, where the pool can. */
    Concept claim() throws Exception;

    /** Gives back what {@link #claim()} returned. */
    void release(Concept concept) throws Exception;

    /** Claims an object, fills it and gives it back. */
    default void once(Filling filling) throws Exception {
        Concept concept = claim();
        filling.apply(concept);
        release(concept);
    }

    @Override
    default void close() throws Exception {}
}
