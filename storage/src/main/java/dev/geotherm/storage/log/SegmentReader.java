package dev.geotherm.storage.log;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A buffered reader of a segment file, fastest for frames in roughly file order. For use by one thread. */
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
     * Returns the payload of the frame at a position, valid until the next call, or null if no valid frame starts there.
     *
     * @param frame receives the header of the frame
     * @param end the position at which frames end
     */
    @Nullable
    ByteBuffer read(FrameHeader frame, long position, long end) throws IOException {
        if (end - position < FrameHeader.SIZE) {
            return null;
        }
        boolean valid = frame.decode(bytes(position, FrameHeader.SIZE, end), header.logId(), position);
        if (!valid || frame.length > end - position - FrameHeader.SIZE) {
            return null;
        }
        ByteBuffer payload = bytes(position + FrameHeader.SIZE, frame.length, end);
        return frame.sum(payload) == frame.payloadSum ? payload : null;
    }

    /** Returns bytes before the given end of the frames, valid until the next call. */
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
                throw damaged(fileEnd(), "it ends within a frame");
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
