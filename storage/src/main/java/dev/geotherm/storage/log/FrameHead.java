package dev.geotherm.storage.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The head of a frame, and the checksums of both. Mutable, for use by one thread at a time.
 *
 * <p>16 bytes, big-endian: kind (2 bits) and length of the payload (30 bits); how many bytes before the frame were not
 * known to be on disk when it was written; CRC-32C of the payload; CRC-32C of the log's id, the frame's position and the
 * first 12 bytes. With id and position in the checksum, a frame is valid in its place only: neither a copy of a log inside
 * a payload nor an old block of the disk passes for one.
 */
final class FrameHead {
    static final int SIZE = 16;
    static final int MAX_PAYLOAD = (1 << 30) - 1;

    static final int DATA = 0;
    /** Has no payload; written on close, so that the frames before it are known to be on disk. */
    static final int MARK = 1;
    /** Has no payload; stands after the last frame of a segment that has a successor. */
    static final int SEAL = 2;

    private static final int KIND_SHIFT = 30;

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer checked = ByteBuffer.allocate(Long.BYTES * 2 + SIZE - Integer.BYTES);

    int kind;
    int length;
    int unforced;
    int payloadSum;

    /** Writes a head. */
    void encode(ByteBuffer target, long logId, long position) {
        target.putInt(kind << KIND_SHIFT | length)
                .putInt(unforced)
                .putInt(payloadSum)
                .putInt(sum(logId, position));
    }

    /** Reads a head and returns whether it is valid at that position. */
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

    /** Returns the checksum of a payload and leaves the buffer as it is. */
    int sum(ByteBuffer payload) {
        int start = payload.position();
        crc.reset();
        crc.update(payload);
        payload.position(start);
        return (int) crc.getValue();
    }
}
