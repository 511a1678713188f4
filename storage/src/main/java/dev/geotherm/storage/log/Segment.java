package dev.geotherm.storage.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The active segment of a log. Not thread-safe, except that {@link #force} and {@link #close} may be called
 * concurrently.
 *
 * <p>A frame is copied into a buffer and written with one system call if it fits. If a write fails, the file is
 * truncated to the end of the previous frame: immediately or, if that also fails, before the next frame is written.
 */
final class Segment implements Closeable {
    private static final int BUFFER = 1 << 16;
    private static final byte[] ZEROS = new byte[BUFFER];
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private final SegmentHeader header;
    private final DiskFile file;
    private final LogOptions options;
    private final int headerSize;
    private final FrameHeader frame = new FrameHeader();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final Object forcing = new Object();
    private long allocated;
    private boolean unclean;
    private boolean marked;
    private boolean finished;
    private boolean closed;
    private long forced;
    private volatile long end;

    /** Continues a segment after its last frame, and truncates the file there. */
    Segment(DiskFile file, SegmentHeader header, Recovery recovered, LogOptions options) throws IOException {
        this.file = file;
        this.header = header;
        this.options = options;
        this.headerSize = header.size();
        this.end = recovered.end();
        this.allocated = file.size();
        this.unclean = recovered.cutBytes() > 0;
        this.marked = recovered.marked();
        clean();
    }

    SegmentHeader header() {
        return header;
    }

    /** Returns the position after the last frame. */
    long end() {
        return end;
    }

    private long offset() {
        return headerSize + end - header.base();
    }

    /** Returns whether a payload needs another segment. */
    boolean isFullFor(int payload) {
        boolean used = end > header.base();
        return finished || (used && offset() + FrameHeader.SIZE + payload > options.segmentBytes());
    }

    /**
     * Appends a frame and returns its position.
     *
     * @param payload the payload; consumed on success
     * @param durable the position before which all frames are on disk
     */
    long append(ByteBuffer payload, long durable) throws IOException {
        long position = end;
        int start = payload.position();
        clean();
        frame.kind = FrameHeader.DATA;
        frame.length = payload.remaining();
        frame.unforced = (int) (position - durable);
        frame.payloadSum = frame.sum(payload);
        unclean = true;
        try {
            write(payload);
            unclean = false;
        } finally {
            if (unclean) {
                payload.position(start);
                cleanIfPossible();
            }
        }
        marked = false;
        end = position + FrameHeader.SIZE + frame.length;
        if (offset() > allocated) {
            allocated = offset();
            preallocate();
        }
        return position;
    }

    private void write(ByteBuffer payload) throws IOException {
        long at = offset();
        buffer.clear();
        frame.encode(buffer, header.logId(), end);
        while (true) {
            int length = Math.min(payload.remaining(), buffer.remaining());
            payload.get(buffer.array(), buffer.position(), length);
            int size = buffer.position() + length;
            file.write(at, buffer.array(), size);
            if (!payload.hasRemaining()) {
                return;
            }
            at += size;
            buffer.clear();
        }
    }

    private void preallocate() {
        long target = Math.min(allocated + options.preallocatedBytes(), options.segmentBytes());
        try {
            while (allocated < target) {
                int length = (int) Math.min(ZEROS.length, target - allocated);
                file.write(allocated, ZEROS, length);
                allocated += length;
            }
        } catch (IOException full) {
            return; // the frame has been written; zeros after it are harmless
        }
    }

    private void clean() throws IOException {
        if (unclean) {
            file.truncate(offset());
            allocated = offset();
            unclean = false;
        }
    }

    private void cleanIfPossible() {
        try {
            clean();
        } catch (IOException later) {
            return; // the next append tries again
        }
    }

    /** Forces all frames to disk. Has no effect if they were forced before the segment was closed. */
    void force() throws IOException {
        synchronized (forcing) {
            long target = end;
            if (!closed) {
                file.force();
                forced = target;
            } else if (forced < target) {
                throw new IOException("the log was closed before");
            }
        }
    }

    /** Truncates the file after its last frame and forces it to disk. No frame fits in the segment from then on. */
    void finish() throws IOException {
        finished = true;
        file.truncate(offset());
        allocated = offset();
        force();
    }

    /** Records in a finished segment that the next one exists. */
    void seal() {
        writeBare(FrameHeader.SEAL); // does not advance positions: the next segment starts at its own
    }

    /** Records in a forced segment that all frames are on disk, and frees preallocated space. */
    void mark() throws IOException {
        synchronized (forcing) {
            long position = end;
            if (!marked && position > header.base() && writeBare(FrameHeader.MARK)) {
                end = position + FrameHeader.SIZE;
                forced = end; // no commit waits for a mark
                marked = true;
            }
            file.truncate(offset());
        }
    }

    /** Writes a frame without a payload at the end, best-effort; returns whether that succeeded. */
    private boolean writeBare(int kind) {
        frame.kind = kind;
        frame.length = 0;
        frame.unforced = 0;
        frame.payloadSum = 0;
        try {
            clean();
            write(EMPTY);
            return true;
        } catch (IOException unimportant) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (forcing) {
            closed = true;
            file.close();
        }
    }
}
