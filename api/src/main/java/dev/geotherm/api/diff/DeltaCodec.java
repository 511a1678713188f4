package dev.geotherm.api.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.StateDelta;

/**
 * Deltas as bytes, and back.
 *
 * <p>What a delta does to the state that it is for comes back exactly, whatever the form. Safe for use by many threads.
 */
public interface DeltaCodec {

    /**
     * Returns the delta as bytes that {@link #decode} of the same kind of codec reads.
     *
     * @throws DeltaException if the form cannot express the delta, or not without the state that it is for; the message
     *     says what and where
     */
    byte[] encode(StateDelta delta);

    /**
     * Returns an equal delta, or one of the same effect where the form is not one of this library's own.
     *
     * @throws DeltaException if the bytes are no delta, are damaged, or would expand beyond the codec's limits; hostile
     *     bytes cost bounded time and memory
     */
    StateDelta decode(byte[] bytes);

    /**
     * Returns a codec for deltas of the given state, which both sides have: some forms mean something only with it, some
     * get smaller. What it encodes, a codec against an equal state decodes.
     *
     * @param before the state, which must not be changed as long as the codec is used
     */
    default DeltaCodec against(JsonNode before) {
        return this;
    }
}
