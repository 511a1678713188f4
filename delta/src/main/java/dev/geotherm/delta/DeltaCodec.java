package dev.geotherm.delta;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A codec that encodes deltas as bytes and decodes them.
 *
 * <p>A decoded delta has exactly the effect of the encoded one on the state that it was made for, whatever the format.
 * Safe for use by many threads.
 */
public interface DeltaCodec {

    /**
     * Returns the delta as bytes, which {@link #decode} of the same kind of codec reads.
     *
     * @throws DeltaException if the format cannot express the delta, or only with the state that it is for; the message
     *     names the change
     */
    byte[] encode(StateDelta delta);

    /**
     * Returns the delta, equal to the encoded one where the format is this library's own, else of the same effect.
     *
     * @throws DeltaException if the bytes are not a delta, are damaged, or would expand beyond the codec's limits;
     *     hostile bytes cost bounded time and memory
     */
    StateDelta decode(byte[] bytes);

    /**
     * Returns a codec for deltas of the given state, which both sides have: some formats need it, others get smaller.
     * What it encodes, a codec for an equal state decodes.
     *
     * @param before the state, which must not be changed as long as the codec is used
     */
    default DeltaCodec against(JsonNode before) {
        return this;
    }
}
