package dev.geotherm.storage.log;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a segment file through a window, so that reading in about the order of the file is quick. For one thread. */
final class SegmentReader implements Closeable {
    private static final int WINDOW = 1 << 16;

    private final Path path;
    private final SegmentHeader header;
    private final int headerSize;
    private final RandomAccessFile file;
    private ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
    private long windowStart;

    SegmentReader(Path path, SegmentHeader header) throws IOException {
        this.path = path;
        this.header = header;
        this.headerSize = header.size();
        this.file = new RandomAccessFile(path.toFile(), "r");
    }

    long base() {
        return header.base();
    }

    /** Returns the offset in the file of a position in the log. */
    long offset(long position) {
        return headerSize + position - header.base();
    }

    /** Returns the position after the last byte of the file. */
    long fileEnd() throws IOException {
        return header.base() + file.length() - headerSize;
    }

    DamagedLogException damaged(long position, String what) {
        return new DamagedLogException(path, offset(position), what);
    }

    /**
     * Reads the frame at a position, and returns its payload, or null if there is no valid frame. The payload is good
     * until the next call.
     *
     * @param head is set to the head of the frame
     * @param end of what may be read; a frame does not cross it
     */
    @Nullable
    ByteBuffer frame(FrameHead head, long position, long end) throws IOException {
        if (!head(head, position, end)) {
            return null;
        }
        ByteBuffer payload = bytes(position + FrameHead.SIZE, head.length, end);
        return head.sum(payload) == head.payloadSum ? payload : null;
    }

    private boolean head(FrameHead head, long position, long end) throws IOException {
        if (end - position < FrameHead.SIZE) {
            return false;
        }
        ByteBuffer bytes = bytes(position, FrameHead.SIZE, end);
        return head.decode(bytes, header.logId(), position) && head.length <= end - position - FrameHead.SIZE;
    }

    /** Returns bytes before the end; until the next call. */
    ByteBuffer bytes(long position, int length, long end) throws IOException {
        if (position < windowStart || position + length > windowStart + window.limit()) {
            fill(position, length, end);
        }
        return window.slice((int) (position - windowStart), length);
    }

    private void fill(long position, int length, long end) throws IOException {
        if (length > window.capacity()) {
            window = ByteBuffer.allocate(length);
        }
        window.limit(0);
        windowStart = position;
        int wanted = (int) Math.min(window.capacity(), end - position);
        int size = 0;
        file.seek(offset(position));
        while (size < wanted) {
            int read = file.read(window.array(), size, wanted - size);
            if (read < 0) {
                throw damaged(fileEnd(), "it ends before its last frame does");
            }
            size += read;
        }
        window.limit(size);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
