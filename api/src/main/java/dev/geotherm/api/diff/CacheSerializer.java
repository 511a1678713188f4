package dev.geotherm.api.diff;

/**
 * A serializer of the values of a {@link ContextCache}, for its disk tier.
 *
 * <p>Safe for use by many threads.
 *
 * @param <V> the values
 */
public interface CacheSerializer<V> {

    /** Returns the value as bytes. */
    byte[] serialize(V value);

    /**
     * Returns the value of bytes that {@link #serialize} wrote, now or in an earlier version of the application.
     *
     * @throws RuntimeException if the bytes have an unknown version; the lookup is a miss then
     */
    V deserialize(byte[] bytes);
}
