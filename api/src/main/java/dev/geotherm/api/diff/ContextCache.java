package dev.geotherm.api.diff;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A cache of values by the context that they were computed in, bounded in number and age.
 *
 * <p>Each value belongs to an id, such as a question; the context is what else the value depends on. The cache keeps the
 * newest few contexts of an id. Safe for use by many threads.
 *
 * @param <V> the values
 */
public interface ContextCache<V> extends AutoCloseable {

    /** Returns the name that the cache was opened with. */
    String name();

    /** Stores a value; it replaces the value of an equal context of the same id. */
    void put(String id, JsonNode context, V value);

    /**
     * Looks up a value. The answer is an exact hit if a context is kept that is equal except at ignored paths, a near
     * hit if only other contexts of the id are kept, and a miss otherwise. A near hit says what differs, so that the
     * caller can decide whether the value still serves.
     */
    Lookup<V> get(String id, JsonNode context);

    /** Removes every value of an id. */
    void invalidate(String id);

    /** Returns the approximate number of values in memory. */
    long size();

    /** Removes every value from memory and releases the name; values on disk stay there. Idempotent. */
    @Override
    void close();
}
