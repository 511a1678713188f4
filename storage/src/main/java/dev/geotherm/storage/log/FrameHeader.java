package dev.geotherm.storage.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The header of a frame. Mutable, for use by one thread at a time.
 *
 * <p>16 bytes, big-endian: the kind (2 bits) and the length of the payload (30 bits); the number of bytes directly
 * before the frame that were not known to be on disk when it was written; CRC-32C of the payload; CRC-32C of the log's
 * id, the frame's position and the first 12 bytes. Because of the id and the position, a frame is valid only at its own
 * position: neither the copy of a log in a payload nor a stale disk block is mistaken for a frame.
 */
final class FrameHeader {
    static final int SIZE = 16;
    static final int MAX_PAYLOAD = (1 << 30) - 1;

    static final int DATA = 0;
    /** A frame without a payload, written on close: it proves that all frames before it are on disk. */
    static final int MARK = 1;
    /** A frame without a payload, after the last frame of a segment: it proves that the next segment exists. */
    static final int SEAL = 2;

    private static final int KIND_SHIFT = 30;

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer checked = ByteBuffer.allocate(Long.BYTES * 2 + SIZE - Integer.BYTES);

    int kind;
    int length;
    int unforced;
    int payloadSum;

    /** Writes the header. */
    void encode(ByteBuffer target, long logId, long position) {
        target.putInt(kind << KIND_SHIFT | length)
                .putInt(unforced)
                .putInt(payloadSum)
                .putInt(sum(logId, position));
    }

    /** Reads a header and returns whether it is valid at a position. */
    boolean decode(ByteBuffer source, long logId, long position) {
        int word = source.getInt();
        kind = word >>> KIND_SHIFT;
        length = word & MAX_PAYLOAD;
        unforced = source.getInt();
        payloadSum = source.getInt();
        return word != 0 && source.getInt() == sum(logId, position);
    }

    private int sum(long logId, long position) {
        checked.clear();
        checked.putLong(logId).putLong(position);
        checked.putInt(kind << KIND_SHIFT | length).putInt(unforced).putInt(payloadSum);
        crc.reset();
        crc.update(checked.flip());
        return (int) crc.getValue();
    }

    /** Returns the checksum of a payload, without consuming it. */
    int sum(ByteBuffer payload) {
        int start = payload.position();
        crc.reset();
        crc.update(payload);
        payload.position(start);
        return (int) crc.getValue();
    }
}
