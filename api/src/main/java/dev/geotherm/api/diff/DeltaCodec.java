package dev.geotherm.api.diff;

/**
 * Deltas as bytes, and back.
 *
 * <p>Safe for use by many threads.
 */
public interface DeltaCodec {

    /** Returns the delta as bytes that {@link #decode} of the same kind of codec reads. */
    byte[] encode(StateDelta delta);

    /**
     * Returns an equal delta.
     *
     * @throws DeltaException if the bytes are no delta, are damaged, or would expand beyond the codec's limits; hostile
     *     bytes cost bounded time and memory
     */
    StateDelta decode(byte[] bytes);
}
