package dev.geotherm.storage.log;

import dev.geotherm.storage.FailureReason;
import dev.geotherm.storage.StorageException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over the frames of an {@link AppendLog}. It sees what was appended before each call of {@link #next}, so that it
 * also follows a log that grows. Checks every frame. For use by one thread.
 */
public final class LogReader implements Closeable {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    private final AppendLog log;
    private final FrameHead head = new FrameHead();
    private @Nullable SegmentReader segment;
    private ByteBuffer payload = NONE;
    private long position = -1;
    private long next;

    LogReader(AppendLog log) {
        this.log = log;
        this.next = log.start();
    }

    /**
     * Continues with the frame at a position.
     *
     * @param position of a frame, or the end of the log
     */
    public void seek(long position) {
        next = position;
    }

    /**
     * Moves to the next frame, and returns whether there is one yet.
     *
     * @throws DamagedLogException if it is damaged
     * @throws StorageException if it was trimmed, or cannot be read
     */
    public boolean next() throws StorageException {
        try {
            for (long end = log.end(); next < end; ) {
                SegmentReader reader = reader();
                long segmentEnd = log.segments().end(reader.base(), end);
                ByteBuffer found = reader.frame(head, next, segmentEnd);
                if (found == null) {
                    throw reader.damaged(next, "there is no valid frame");
                }
                position = next;
                payload = found;
                next += FrameHead.SIZE + head.length;
                if (head.kind == FrameHead.DATA) {
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

    /** Returns the payload of the current frame, which is good until the next call of {@link #next}. */
    public ByteBuffer payload() {
        return payload;
    }

    /** Closes the file that is being read. The reader may be used on, and opens it again. */
    @Override
    public void close() throws IOException {
        if (segment != null) {
            segment.close();
            segment = null;
        }
    }
}
