package dev.geotherm.api.diff;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Results under the contexts they were found in, bounded in number and age.
 *
 * <p>Each result belongs to an id, the question; the context is what else the answer depends on. The newest few contexts
 * of an id are kept. Safe for use by many threads.
 *
 * @param <V> the results
 */
public interface ContextCache<V> extends AutoCloseable {

    /** Keeps a result; one that was kept under the same id and an equal context is replaced. */
    void put(String id, JsonNode context, V value);

    /**
     * Looks for a result: under an equal context (ignored paths aside) it is a hit; under another context of the same id
     * it is near, with what differs, so that the caller decides whether it still serves; else it is a miss.
     */
    Lookup<V> get(String id, JsonNode context);

    /** Forgets every result of an id. */
    void invalidate(String id);

    /** Returns how many results are kept, approximately. */
    long size();

    /** Forgets everything. Idempotent. */
    @Override
    void close();
}
