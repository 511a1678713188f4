package dev.geotherm.diff.codec;

import dev.geotherm.delta.DeltaException;
import dev.geotherm.diff.json.JsonLimits;
import java.util.Arrays;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import org.jspecify.annotations.Nullable;

/**
 * The frame of a binary delta: {@code G T D}, the version, the compression mode (three bits for the method, two for the
 * dictionary, one for whether the reader needs the earlier state), the CRC-32C of all other bytes of the frame, the
 * length of the delta before compression, the id of the trained dictionary if one was used, 32 bits of the fingerprint
 * of the earlier state if the reader needs it, and the compressed delta.
 *
 * @param mode the compression mode
 * @param ofState whether the reader needs the earlier state
 * @param length the length before compression
 * @param dictionary the id of the trained dictionary, or 0
 * @param state 32 bits of the fingerprint of the earlier state, or 0
 * @param start the offset of the compressed delta
 */
record DeltaFrame(CompressionMode mode, boolean ofState, int length, int dictionary, int state, int start) {
    private static final byte[] MAGIC = {'G', 'T', 'D', 3};
    private static final int VERSION = 3;
    private static final int FLAGS = 4;
    private static final int CHECKSUM = 5;
    private static final int HEADER = 9;
    private static final int OF_STATE = 0x20;

    /** The expanded size that is always allowed: harmless, and larger than most deltas. */
    private static final int MIN_LIMIT = 16 << 20;

    /** Deflate compresses at most 1,032 to 1, so its output can always be expanded. */
    private static final long MAX_RATIO = 1040;

    /** The expanded bytes of a delta may take one divided by this number of the heap, before they are decoded. */
    private static final int SHARE_OF_HEAP = 8;

    static boolean begins(byte[] bytes) {
        return bytes.length >= 3 && Arrays.equals(bytes, 0, 3, MAGIC, 0, 3);
    }

    /** Writes a frame for a delta that can be read without the state. */
    static byte[] write(CompressionMode mode, int length, int dictionary, byte[] body) {
        return write(mode, false, length, dictionary, 0, body);
    }

    static byte[] write(CompressionMode mode, boolean ofState, int length, int dictionary, int state, byte[] body) {
        ByteColumn frame = new ByteColumn();
        frame.put(MAGIC, 0, MAGIC.length);
        frame.put(mode.method().number() | (mode.dictionary().number() << 3) | (ofState ? OF_STATE : 0));
        frame.put(new byte[4], 0, 4);
        frame.putNumber(length);
        if (mode.dictionary() == CompressionMode.DictionaryKind.TRAINED) {
            putInt(frame, dictionary);
        }
        if (ofState) {
            putInt(frame, state);
        }
        frame.put(body, 0, body.length);
        byte[] bytes = frame.toBytes();
        int checksum = checksum(bytes);
        for (int i = 0; i < 4; i++) {
            bytes[CHECKSUM + i] = (byte) (checksum >>> (8 * (3 - i)));
        }
        return bytes;
    }

    private static void putInt(ByteColumn frame, int value) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            frame.put(value >>> shift);
        }
    }

    /** Reads everything except the body. */
    static DeltaFrame read(byte[] bytes) {
        if (bytes.length <= HEADER || !begins(bytes) || bytes[VERSION] <= 0 || bytes[VERSION] >= ' ') {
            throw new DeltaException("these " + bytes.length + " bytes are not a binary delta");
        } else if (bytes[VERSION] != MAGIC[VERSION]) {
            throw new DeltaException("this is a binary delta of version " + bytes[VERSION] + ", only version "
                    + MAGIC[VERSION] + " is supported");
        }
        ByteCursor cursor = new ByteCursor(bytes, FLAGS, bytes.length);
        int flags = cursor.next();
        if (integer(cursor) != checksum(bytes)) {
            throw new DeltaException("the delta's bytes are damaged: the checksum differs");
        }
        int length = ByteCursor.bounded(cursor.number(), JsonLimits.MAX_BYTES);
        if (flags > 0x3F) {
            throw new DeltaException("the delta's frame has unknown flags: " + flags);
        }
        CompressionMode mode =
                new CompressionMode(Compression.of(flags & 7), 0, CompressionMode.DictionaryKind.of((flags >> 3) & 3));
        boolean ofState = (flags & OF_STATE) != 0;
        if (mode.dictionary() == CompressionMode.DictionaryKind.STATE && !ofState) {
            throw new DeltaException("the delta was compressed with a state that its frame does not identify");
        }
        int dictionary = mode.dictionary() == CompressionMode.DictionaryKind.TRAINED ? integer(cursor) : 0;
        int state = ofState ? integer(cursor) : 0;
        return new DeltaFrame(mode, ofState, length, dictionary, state, bytes.length - cursor.remaining());
    }

    private static int integer(ByteCursor cursor) {
        int value = 0;
        for (int i = 0; i < 4; i++) {
            value = (value << 8) | cursor.next();
        }
        return value;
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CHECKSUM);
        crc.update(bytes, HEADER, bytes.length - HEADER);
        return (int) crc.getValue();
    }

    /**
     * Returns the maximum expanded length of compressed bytes, which is far below what malicious bytes could expand to.
     */
    static long maxExpanded(int compressed) {
        return Math.min(JsonLimits.MAX_BYTES, Math.max(MIN_LIMIT, MAX_RATIO * compressed));
    }

    private static void requireRoom(int length, long heap) {
        if (length > heap / SHARE_OF_HEAP) {
            throw new DeltaException("a delta of " + length + " bytes is too much for a heap of " + (heap >> 20)
                    + " MiB; give the JVM more by -Xmx");
        }
    }

    /** Decompresses the delta in the frame. */
    byte[] body(byte[] frame, byte @Nullable [] dictionary) {
        return body(frame, dictionary, Runtime.getRuntime().maxMemory());
    }

    byte[] body(byte[] frame, byte @Nullable [] dictionary, long heap) {
        long most = maxExpanded(frame.length - start);
        if (length > most) {
            throw new DeltaException((frame.length - start) + " bytes may expand to " + most
                    + " at most, the delta's frame says " + length);
        }
        requireRoom(length, heap);
        mode.method().requireAvailable("this delta");
        byte[] body = new byte[length];
        try {
            int found = mode.method().decompress(frame, start, body, dictionary);
            if (found != length) {
                throw new DeltaException("the delta is not of the " + length + " bytes that its frame says");
            }
            return body;
        } catch (DeltaException refused) {
            throw refused;
        } catch (DataFormatException | RuntimeException damaged) {
            throw new DeltaException("the delta's bytes are damaged: " + damaged.getMessage(), damaged);
        }
    }
}
