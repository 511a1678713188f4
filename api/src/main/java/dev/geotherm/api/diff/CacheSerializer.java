package dev.geotherm.api.diff;

/**
 * A serializer of the values of a {@link ContextCache}, for its disk tier.
 *
 * <p>Thread-safe.
 *
 * @param <V> the type of the values
 */
public interface CacheSerializer<V> {

    /** Serializes a value. */
    byte[] serialize(V value);

    /**
     * Deserializes bytes that {@link #serialize} wrote, in this or an earlier version of the application.
     *
     * @throws RuntimeException if the bytes have an unknown version; the lookup is then a miss
     */
    V deserialize(byte[] bytes);
}
