package dev.geotherm.batch;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The frames of a journal, read from its beginning: length, checksum of the length, checksum of the payload, payload.
 *
 * <p>A length of its own checksum tells a frame that was cut short, which a crash explains, from one that was damaged,
 * which would make everything after it vanish.
 */
final class Frames {
    static final int HEAD = 12;

    private final DataInputStream in;
    private final long size;
    private long position;

    /** Reads from the channel's position. */
    Frames(FileChannel channel) throws IOException {
        this.in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel), 1 << 16));
        this.position = channel.position();
        this.size = channel.size();
    }

    /** Returns where the next frame begins; after the last, where the next one is to be written. */
    long position() {
        return position;
    }

    /** Returns the next payload, or null if there is no other, or only one that was cut short or is the last and damaged. */
    byte @Nullable [] next() throws IOException {
        if (size - position < HEAD) {
            return null;
        }
        int length = in.readInt();
        int lengthSum = in.readInt();
        int payloadSum = in.readInt();
        if (length < 0 || sum(length) != lengthSum) {
            boolean nothing = length == 0 && lengthSum == 0 && payloadSum == 0;
            return endOr(nothing && restIsZero());
        }
        if (length > size - position - HEAD) {
            return null;
        }
        byte[] payload = in.readNBytes(length);
        if (sum(payload) != payloadSum) {
            return endOr(restIsZero());
        }
        position += HEAD + length;
        return payload;
    }

    private byte @Nullable [] endOr(boolean torn) throws DamagedException {
        if (torn) {
            return null;
        }
        throw new DamagedException("the record at byte " + position + " is damaged, and others follow it");
    }

    /** Tells whether nothing more was written; a loss of power can leave zeros where the file had grown already. */
    private boolean restIsZero() throws IOException {
        int next = in.read();
        while (next == 0) {
            next = in.read();
        }
        return next < 0;
    }

    static void put(ByteBuffer target, ByteBuffer payload) {
        target.putInt(payload.remaining()).putInt(sum(payload.remaining()));
        CRC32C sum = new CRC32C();
        sum.update(payload.duplicate());
        target.putInt((int) sum.getValue()).put(payload);
    }

    static int sum(byte[] payload) {
        CRC32C sum = new CRC32C();
        sum.update(payload, 0, payload.length);
        return (int) sum.getValue();
    }

    private static int sum(int length) {
        return sum(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    }

    /** A file has bytes that no crash explains. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1L;

        DamagedException(String message) {
            super(message);
        }
    }
}
