package dev.geotherm.storage.log;

import dev.geotherm.storage.FailureReason;
import dev.geotherm.storage.StorageException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the frames of an {@link AppendLog} that verifies their checksums. It can follow a growing log: each
 * call of {@link #next} sees all frames appended before. For use by one thread at a time.
 */
public final class LogReader implements Closeable {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final AppendLog log;
    private final FrameHeader frame = new FrameHeader();
    private @Nullable SegmentReader segment;
    private ByteBuffer payload = NONE;
    private long position = -1;
    private long next;

    LogReader(AppendLog log) {
        this.log = log;
        this.next = log.start();
    }

    /**
     * Moves the cursor before the frame at a position.
     *
     * @param position the position of a frame, or the end of the log. Any other position is refused here or by
     *     {@link #next}
     * @throws IllegalArgumentException if the position is negative or after the end of the log
     */
    public void seek(long position) {
        if (position < 0 || position > log.end()) {
            throw new IllegalArgumentException(
                    "the log " + log.folder().path() + " has no position " + position + ", it ends at " + log.end());
        }
        next = position;
    }

    /**
     * Moves the cursor to the next frame. Returns false at the current end of the log.
     *
     * @throws DamagedLogException if the frame is damaged
     * @throws StorageException if the frame was trimmed or cannot be read
     */
    public boolean next() throws StorageException {
        try {
            for (long end = log.end(); next < end; ) {
                SegmentReader reader = reader();
                long segmentEnd = log.segments().end(reader.base(), end);
                ByteBuffer found = reader.read(frame, next, segmentEnd);
                if (found == null) {
                    throw invalid(reader, segmentEnd);
                }
                position = next;
                payload = found;
                next += FrameHeader.SIZE + frame.length;
                if (frame.kind == FrameHeader.DATA) {
                    return true;
                }
            }
            return false;
        } catch (StorageException failed) {
            throw failed;
        } catch (IOException failed) {
            throw cannotRead(FailureReason.of(failed), failed);
        }
    }

    /** Distinguishes a damaged frame from a position inside a frame, to which the caller moved the cursor. */
    private StorageException invalid(SegmentReader reader, long segmentEnd) throws IOException {
        long start = reader.base();
        while (start < next && reader.read(frame, start, segmentEnd) != null) {
            long end = start + FrameHeader.SIZE + frame.length;
            if (next < end) {
                return cannotRead("a frame starts at " + start + " and the next one at " + end, null);
            }
            start = end;
        }
        return reader.damaged(start, "no valid frame starts there");
    }

    private SegmentReader reader() throws IOException {
        SegmentHeader wanted = log.segments().find(next);
        if (wanted == null) {
            throw cannotRead("it was trimmed, the log starts at " + log.start(), null);
        }
        SegmentReader current = segment;
        if (current == null || current.base() != wanted.base()) {
            close();
            current = new SegmentReader(log.folder().segment(wanted.base()), wanted);
            segment = current;
        }
        return current;
    }

    private StorageException cannotRead(String reason, @Nullable IOException cause) {
        return new StorageException(
                "cannot read position " + next + " of the log " + log.folder().path(), reason, cause);
    }

    /** Returns the position of the current frame; -1 before the first call of {@link #next}. */
    public long position() {
        return position;
    }

    /** Returns the payload of the current frame. It is valid until the next call of {@link #next}. */
    public ByteBuffer payload() {
        return payload;
    }

    /** Closes the current file. The reader stays usable and reopens the file when needed. */
    @Override
    public void close() throws IOException {
        if (segment != null) {
            segment.close();
            segment = null;
        }
    }
}
