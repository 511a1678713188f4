package dev.geotherm.api.diff;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A cache of values by the context in which they were computed, bounded by number and age.
 *
 * <p>Each value belongs to an id, such as a question; the context is everything else that the value depends on. The
 * cache keeps the last few contexts of each id. Thread-safe.
 *
 * @param <V> the type of the values
 */
public interface ContextCache<V> extends AutoCloseable {

    /** Returns the name under which the cache was opened. */
    String name();

    /** Stores a value; replaces the value of an equal context of the same id. */
    void put(String id, JsonNode context, V value);

    /**
     * Looks up a value. The result is an exact hit if the cache has an equal context (except at ignored paths), a near
     * hit if it has only other contexts of the id, and a miss otherwise. A near hit contains the differences, so that
     * the caller can decide whether the value is still usable.
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
