package dev.geotherm.storage.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The segment that frames are appended to. {@link #force} may be called by any thread, everything else by one at a time.
 *
 * <p>Frames are copied into one buffer and written from there, a system call for each that is not longer than the buffer.
 * While that happens the file is marked as unclean; if it fails, the file is cut back to the frame's start, at once or
 * before the next frame, so that no part of a frame stays behind the end.
 */
final class Segment implements Closeable {
    private static final int BUFFER = 1 << 16;
    private static final byte[] ZEROS = new byte[BUFFER];
    private static final ByteBuffer EMPTY = ByteBuffer.allocate(0);

    private final SegmentHeader header;
    private final DiskFile file;
    private final LogOptions options;
    private final int headerSize;
    private final FrameHead head = new FrameHead();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private final ReentrantLock forcing = new ReentrantLock();
    private long allocated;
    private boolean unclean;
    private boolean marked;
    private boolean finished;
    private boolean closed;
    private volatile long end;

    /** Continues a segment, whose file is cut off where its frames end. */
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

    /** Returns whether another segment has to be begun for a payload. */
    boolean isFullFor(int payload) {
        boolean used = end > header.base();
        return finished || (used && offset() + FrameHead.SIZE + payload > options.segmentBytes());
    }

    /**
     * Appends a frame and returns its position.
     *
     * @param payload is consumed, unless this fails
     * @param durable the position before which everything is on disk
     */
    long append(ByteBuffer payload, long durable) throws IOException {
        long position = end;
        int start = payload.position();
        clean();
        head.kind = FrameHead.DATA;
        head.length = payload.remaining();
        head.unforced = (int) (position - durable);
        head.payloadSum = head.sum(payload);
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
        end = position + FrameHead.SIZE + head.length;
        if (offset() > allocated) {
            allocated = offset();
            preallocate();
        }
        return position;
    }

    private void write(ByteBuffer payload) throws IOException {
        long at = offset();
        buffer.clear();
        head.encode(buffer, header.logId(), end);
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
            return; // the frame is written, and zeros behind it do no harm
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
            return; // before the next frame
        }
    }

    /** Returns when every frame that was appended is on disk. */
    void force() throws IOException {
        forcing.lock();
        try {
            if (!closed) {
                file.force();
            }
        } finally {
            forcing.unlock();
        }
    }

    /** Cuts the file behind its last frame and forces it; after that, nothing can be appended. */
    void finish() throws IOException {
        finished = true;
        file.truncate(offset());
        allocated = offset();
        force();
    }

    /** Notes in a finished segment that it has a successor, whose loss is noticed then. */
    void seal() {
        writeBare(FrameHead.SEAL); // behind the position at which the successor begins
    }

    /** Notes in a forced segment that all of it is on disk, and gives back the space that was allocated in advance. */
    void mark() throws IOException {
        long position = end;
        if (!marked && position > header.base() && writeBare(FrameHead.MARK)) {
            end = position + FrameHead.SIZE;
            marked = true;
        }
        file.truncate(offset());
    }

    /** Writes a frame without a payload at the end, and returns whether that succeeded; no frame depends on it. */
    private boolean writeBare(int kind) {
        head.kind = kind;
        head.length = 0;
        head.unforced = 0;
        head.payloadSum = 0;
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
        forcing.lock();
        try {
            closed = true;
            file.close();
        } finally {
            forcing.unlock();
        }
    }
}
