package dev.geotherm.delta;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A codec that encodes deltas as bytes and decodes them.
 *
 * <p>In every format, a decoded delta has exactly the same effect as the encoded one on the state for which it was
 * created. Thread-safe.
 */
public interface DeltaCodec {

    /**
     * Encodes a delta as bytes, which {@link #decode} of a codec of the same kind reads.
     *
     * @throws DeltaException if the format cannot express the delta, or needs its state to do so; the message names the
     *     change
     */
    byte[] encode(StateDelta delta);

    /**
     * Decodes a delta. It equals the encoded one in this library's own formats, and has the same effect in others.
     *
     * @throws DeltaException if the bytes are not a delta, are damaged, or would expand beyond the codec's limits;
     *     malicious bytes take bounded time and memory
     */
    StateDelta decode(byte[] bytes);

    /**
     * Returns the state after an encoded delta, like {@code against(before).decode(bytes).applyTo(before)}, but with
     * less memory if the format can be applied while it is read.
     *
     * @throws DeltaException as {@link #decode} does, or if the delta does not apply to the state
     */
    default JsonNode apply(byte[] bytes, JsonNode before) {
        return against(before).decode(bytes).applyTo(before);
    }

    /**
     * Returns a codec for deltas of the given state, which sender and receiver must have: some formats need the state,
     * others are smaller with it. A codec for an equal state decodes what this one encodes.
     *
     * @param before the state, which must not change while the codec is in use
     */
    default DeltaCodec against(JsonNode before) {
        return this;
    }
}
