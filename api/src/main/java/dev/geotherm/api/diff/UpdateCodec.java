package dev.geotherm.api.diff;

import dev.geotherm.delta.DeltaException;

/**
 * A codec that encodes the updates of a tracked state as bytes and decodes them: deltas with their revisions, and whole
 * snapshots.
 *
 * <p>A decoded update equals the encoded one, to the last digit of each number: a replica that receives it has the same
 * state as one that received the original. Neither side needs an object mapper. Thread-safe.
 */
public interface UpdateCodec {

    /**
     * Returns an update as bytes.
     *
     * @throws DeltaException if the format cannot express the update; the message says why
     */
    byte[] encode(StateUpdate update);

    /**
     * Returns the update, equal to the encoded one.
     *
     * @throws DeltaException if the bytes are not an update in this format, or are damaged; hostile bytes take bounded
     *     time and memory
     */
    StateUpdate decode(byte[] bytes);
}
