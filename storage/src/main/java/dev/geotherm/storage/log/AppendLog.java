package dev.geotherm.storage.log;

import dev.geotherm.storage.DurableFiles;
import dev.geotherm.storage.FailureReason;
import dev.geotherm.storage.FolderLock;
import dev.geotherm.storage.Retention;
import dev.geotherm.storage.StorageException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An append-only log of payloads in a folder of its own: a journal or write-ahead log.
 *
 * <pre>{@code
 * try (AppendLog log = AppendLog.open(folder, new LogHeader("MYJOURNL", 1, ""), LogOptions.defaults())) {
 *     LogReader reader = log.reader();
 *     while (reader.next()) {
 *         replay(reader.position(), reader.payload());
 *     }
 *     long position = log.append(payload);
 *     log.commit(position);
 * }
 * }</pre>
 *
 * <p><b>Durability.</b> What {@link #append} returned for survives the end of the process, {@code kill -9} included. What
 * {@link #commit} returned for also survives a loss of power. Threads that commit at one time share a force to disk: while
 * one waits for it, the others append, and the next force covers them all. A log that is never committed is forced when a
 * segment is full and on {@link #close}.
 *
 * <p><b>Recovery.</b> {@link #open} finds the end of the log. It cuts off what a crash explains: a last frame that is
 * incomplete, and what a loss of power left of frames that were never forced. It refuses, with a
 * {@link DamagedLogException} and without a change to any file, what no crash explains: flipped bits, a file that is cut
 * off or missing. Older segments are checked while they are read. A frame that damage at rest has made incomplete is taken
 * for the torn end of the log only if it is the last one and the log was not closed; that cannot be told apart.
 *
 * <p><b>Failures.</b> An append that fails, on a full disk for instance, leaves the log as it was: what was appended before
 * is not affected, and the next append may succeed. After a failed force nobody knows what is on disk, so the log refuses
 * everything until it is opened again.
 *
 * <p><b>Positions</b> grow by the size of each frame, from 0, across all segments. They are not dense: only those that
 * {@link #append} or {@link LogReader#position} returned are valid.
 *
 * <p>Safe for use by many threads, whose interrupts do not harm it; appends do not allocate. One log in all processes has
 * a folder at a time.
 *
 * <p><b>Format.</b> A segment is a file {@code <base>.log}: a header (see {@link LogHeader}), then frames. A frame is 16
 * bytes and the payload: length, distance to what is known to be on disk, CRC-32C of the payload, and CRC-32C of these
 * three. So a wrong length does not hide what follows it, and a frame tells whether those before it can be torn.
 */
public final class AppendLog implements Closeable {

    /** The longest payload, 1 GiB - 1. */
    public static final int MAX_PAYLOAD = FrameHead.MAX_PAYLOAD;

    private static final int ATTEMPTS = 100;

    private final LogFolder folder;
    private final FolderLock lock;
    private final LogOptions options;
    private final Disk disk;
    private final long cutBytes;
    private final SegmentIndex segments;
    private final AtomicLong durable;
    // None is taken inside another; the active segment has one of its own for forcing and closing.
    private final ReentrantLock committing = new ReentrantLock();
    private final ReentrantLock appending = new ReentrantLock();
    private volatile Segment active;
    private volatile boolean closed;
    private volatile @Nullable IOException failure;

    /** Opens segment files; tests put a full disk in its place. */
    @FunctionalInterface
    interface Disk {
        DiskFile open(Path file) throws IOException;
    }

    private AppendLog(LogFolder folder, FolderLock lock, LogHeader expected, LogOptions options, Disk disk)
            throws IOException {
        this.folder = folder;
        this.lock = lock;
        this.options = options;
        this.disk = disk;
        folder.finishDeletion();
        List<SegmentHeader> found = new SegmentChain(folder, expected).read();
        if (found.isEmpty()) {
            found = List.of(
                    new SegmentHeader(expected, ThreadLocalRandom.current().nextLong(), 0));
            folder.create(found.get(0));
        }
        this.segments = new SegmentIndex(folder, found);
        SegmentHeader last = found.get(found.size() - 1);
        Path file = folder.segment(last.base());
        Recovery recovered;
        try (SegmentReader reader = new SegmentReader(file, last)) {
            recovered = Recovery.of(reader, folder);
        }
        this.cutBytes = recovered.cutBytes();
        this.active = new Segment(disk.open(file), last, recovered, options);
        // What is recovered becomes a fact for those who read it, so it must not vanish with the power.
        active.force();
        this.durable = new AtomicLong(recovered.end());
    }

    /**
     * Opens a log, or begins one if the folder has none.
     *
     * @param folder is created if it is missing; nothing else should be in it
     * @param header what the log contains
     * @throws LogMismatchException if the log that is there contains something else
     * @throws DamagedLogException if it is damaged
     * @throws dev.geotherm.storage.FolderLockedException if it is open, here or in another process
     * @throws StorageException if its files cannot be read or written
     */
    public static AppendLog open(Path folder, LogHeader header, LogOptions options) throws StorageException {
        return open(folder, header, options, DiskFile::new);
    }

    static AppendLog open(Path folder, LogHeader header, LogOptions options, Disk disk) throws StorageException {
        try {
            FolderLock lock = lock(folder);
            try {
                return new AppendLog(new LogFolder(folder), lock, header, options, disk);
            } catch (IOException | RuntimeException | Error refused) {
                lock.close();
                throw refused;
            }
        } catch (StorageException refused) {
            throw refused;
        } catch (IOException refused) {
            throw new StorageException("cannot open the log " + folder, refused);
        }
    }

    private static FolderLock lock(Path folder) throws IOException {
        for (int i = 1; ; i++) {
            DurableFiles.createFolders(folder);
            try {
                return FolderLock.acquire(folder, LogFolder.LOCK);
            } catch (StorageException refused) {
                // Another process may have deleted its log, and with it the folder, meanwhile.
                if (i == ATTEMPTS || !(refused.getCause() instanceof NoSuchFileException)) {
                    throw refused;
                }
            }
        }
    }

    /**
     * Appends a payload. It survives the end of the process when this returns, and a loss of power after a commit.
     *
     * @param payload from its position to its limit, 1 to {@link #MAX_PAYLOAD} bytes; consumed unless this fails
     * @return the position of its frame
     * @throws StorageException if it cannot be written; the log is as it was before, then
     * @throws IllegalStateException if the log is closed
     */
    public long append(ByteBuffer payload) throws StorageException {
        int length = payload.remaining();
        if (length < 1 || length > MAX_PAYLOAD) {
            throw new IllegalArgumentException("a payload must have 1 to " + MAX_PAYLOAD + " bytes, had " + length);
        }
        appending.lock();
        try {
            requireUsable();
            if (active.isFullFor(length)) {
                roll();
            }
            return active.append(payload, durable.get());
        } catch (IOException failed) {
            IOException notForced = failure;
            if (notForced != null) {
                throw cannotForce(notForced);
            }
            throw new StorageException(
                    "cannot append to the log " + folder.path(),
                    FailureReason.of(failed) + "; what was appended before is not affected",
                    failed);
        } finally {
            appending.unlock();
        }
    }

    private void roll() throws IOException {
        Segment full = active;
        try {
            full.finish();
        } catch (IOException notForced) {
            failure = notForced;
            throw notForced;
        }
        SegmentHeader next = full.header().at(full.end());
        Uninterruptible.run(() -> folder.create(next));
        DiskFile file = disk.open(folder.segment(next.base()));
        active = new Segment(file, next, new Recovery(next.base(), 0, false), options);
        segments.add(next);
        setDurable(full.end());
        try (full) {
            full.seal();
        }
    }

    /**
     * Waits until a frame, and every one before it, is on disk.
     *
     * @param position that {@link #append} returned
     * @throws StorageException if it cannot be forced to disk, which ends the use of this log
     * @throws IllegalStateException if the log was closed without that frame
     */
    public void commit(long position) throws StorageException {
        if (durable.get() > position) {
            return;
        }
        committing.lock();
        try {
            if (durable.get() > position) {
                return; // by the force of another thread
            }
            requireUsable();
            // Earlier segments were forced when they were full.
            Segment segment = active;
            long end = segment.end();
            if (position >= end) {
                throw new IllegalArgumentException("the log has no frame at " + position + ", it ends at " + end);
            }
            force(segment);
            setDurable(end);
        } finally {
            committing.unlock();
        }
    }

    private void force(Segment segment) throws StorageException {
        try {
            segment.force();
        } catch (IOException notForced) {
            failure = notForced;
            throw cannotForce(notForced);
        }
    }

    /** Waits until everything that was appended is on disk. */
    public void commit() throws StorageException {
        long end = end();
        if (durable.get() < end) {
            commit(end - 1);
        }
    }

    private void setDurable(long position) {
        durable.accumulateAndGet(position, Math::max);
    }

    private StorageException cannotForce(IOException cause) {
        return new StorageException(
                "cannot force the log " + folder.path() + " to disk",
                FailureReason.of(cause) + "; open it again to see what is there of the frames that were not committed",
                cause);
    }

    private void requireUsable() throws StorageException {
        IOException before = failure;
        if (before != null) {
            throw cannotForce(before);
        }
        if (closed) {
            throw new IllegalStateException("the log " + folder.path() + " is closed");
        }
    }

    /** Returns a reader that begins with the first frame. Each is for one thread, and has to be closed. */
    public LogReader reader() {
        return new LogReader(this);
    }

    /** Returns the position of the first frame that is kept. */
    public long start() {
        return segments.start();
    }

    /** Returns the position after the last frame. */
    public long end() {
        return active.end();
    }

    /** Returns how many bytes {@link #open} cut off the end, because they were the incomplete work of a crash. */
    public long cutBytes() {
        return cutBytes;
    }

    LogFolder folder() {
        return folder;
    }

    SegmentIndex segments() {
        return segments;
    }

    /** Deletes the segments whose frames all lie before a position, oldest first; never the active one. */
    public void trim(long position) throws StorageException {
        requireUsable();
        try {
            segments.trim(Math.min(position, active.header().base()));
        } catch (IOException failed) {
            throw new StorageException("cannot trim the log " + folder.path(), failed);
        }
    }

    /**
     * Deletes the oldest segments as far as a bound on the log's size or age says so; never the active one. A segment is as
     * old as its last frame.
     */
    public void retain(Retention retention, Instant now) throws StorageException {
        requireUsable();
        try {
            segments.trim(retention, now);
        } catch (IOException failed) {
            throw new StorageException("cannot trim the log " + folder.path(), failed);
        }
    }

    /** Closes the log and deletes it, with its folder unless something else is in there. */
    public void deleteAndClose() throws StorageException {
        appending.lock();
        try (lock) {
            if (!closed) {
                closed = true;
                active.close();
                folder.delete();
                lock.deleteAndClose();
                folder.deleteIfEmpty();
            }
        } catch (IOException failed) {
            throw new StorageException("cannot delete the log " + folder.path(), failed);
        } finally {
            appending.unlock();
        }
    }

    /**
     * Forces everything to disk, and closes the log. The second call has no effect.
     *
     * @throws StorageException if that fails; the log is closed then, too
     */
    @Override
    public void close() throws StorageException {
        appending.lock();
        try (lock) {
            if (!closed) {
                closed = true;
                closeActive();
            }
        } catch (IOException failed) {
            throw new StorageException("cannot close the log " + folder.path(), failed);
        } finally {
            appending.unlock();
        }
    }

    private void closeActive() throws IOException {
        try (Segment last = active) {
            if (failure == null) {
                last.force();
                setDurable(last.end());
                last.mark();
            }
        }
    }
}
