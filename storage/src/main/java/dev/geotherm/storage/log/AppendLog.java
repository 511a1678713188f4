package dev.geotherm.storage.log;

import dev.geotherm.storage.DurableFiles;
import dev.geotherm.storage.FailureReason;
import dev.geotherm.storage.FolderLock;
import dev.geotherm.storage.StorageException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * A write-ahead log: an append-only sequence of payloads, in its own folder.
 *
 * <pre>{@code
 * try (AppendLog log = AppendLog.open(folder, new LogHeader("MYJOURNL", 1, ""), LogOptions.defaults());
 *         LogReader reader = log.reader()) {
 *     while (reader.next()) {
 *         replay(reader.position(), reader.payload());
 *     }
 *     long position = log.append(payload);
 *     log.commit(position);
 * }
 * }</pre>
 *
 * <p><b>Durability.</b> A payload survives the end of the process, including {@code kill -9}, once {@link #append} has
 * returned. It survives a power failure once {@link #commit} has returned. Concurrent commits share a force to disk: while
 * one thread forces, others append, and the next force covers them all. Without commits, the log is forced to disk only when
 * a segment is full and on {@link #close}.
 *
 * <p><b>Recovery.</b> {@link #open} truncates what a crash can leave: an incomplete last frame, and the remains of
 * frames that were not forced to disk before a power failure. Any other damage, such as flipped bits and truncated or
 * missing files, is refused with a {@link DamagedLogException}, and no file is changed. Only the last segment is read
 * on open; older ones are verified when they are read. One case is ambiguous: if the log was not closed, a last frame
 * that was damaged later looks like an incomplete one and is truncated.
 *
 * <p><b>Failures.</b> If an append fails, for example because the disk is full, the log is unchanged, and a later
 * append can succeed. If a force to disk fails, it is unknown what is on disk; the log then refuses all operations
 * until it is opened again.
 *
 * <p><b>Positions</b> start at 0 and grow with the size of the frames, across segments. They are not consecutive: only those
 * returned by {@link #append} and {@link LogReader#position} are valid.
 *
 * <p>Thread-safe. Interrupts of a thread do not affect others. Appends do not allocate. A log can be
 * open only once, among all processes.
 *
 * <p><b>Format.</b> The segments are files with a header ({@link LogHeader}) and frames. A frame is a header of 16
 * bytes and the payload. The frame header contains the length, the number of bytes before the frame that may not be on
 * disk yet, a CRC-32C of the payload, and a CRC-32C of the header. A corrupted length therefore does not hide the
 * frames after it, and a frame proves which earlier frames were on disk.
 */
public final class AppendLog implements Closeable {

    /** The maximum size of a payload in bytes, 1 GiB - 1. */
    public static final int MAX_PAYLOAD = FrameHeader.MAX_PAYLOAD;

    private static final int ATTEMPTS = 100;

    private final LogFolder folder;
    private final FolderLock lock;
    private final LogOptions options;
    private final Disk disk;
    private final long cutBytes;
    private final SegmentIndex segments;
    private final AtomicLong durable;
    // Never nested. The active segment has its own lock, for forcing and closing.
    private final Object committing = new Object();
    private final Object appending = new Object();
    private volatile Segment active;
    private volatile boolean closed;
    private volatile @Nullable IOException failure;

    /** Opens files for writing. Tests replace it to simulate a full disk, and to record what is forced. */
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
            folder.start().create();
            found = List.of(
                    new SegmentHeader(expected, ThreadLocalRandom.current().nextLong(), 0));
            folder.create(found.get(0));
        }
        this.segments = new SegmentIndex(folder, found, disk);
        SegmentHeader last = found.get(found.size() - 1);
        Path file = folder.segment(last.base());
        Recovery recovered;
        try (SegmentReader reader = new SegmentReader(file, last)) {
            recovered = Recovery.of(reader, folder);
        }
        this.cutBytes = recovered.cutBytes();
        this.active = new Segment(disk.open(file), last, recovered, options);
        // Readers act on recovered frames, so these must survive a power failure from now on.
        active.force();
        this.durable = new AtomicLong(recovered.end());
    }

    /**
     * Opens a log, or creates it if the folder does not contain one.
     *
     * @param folder a folder that holds nothing else; created if it is missing
     * @param header describes the payloads; must equal the header of an existing log
     * @throws LogMismatchException if the existing log has another header
     * @throws DamagedLogException if the log is damaged
     * @throws dev.geotherm.storage.FolderLockedException if the log is open, in this process or another
     * @throws StorageException if a file cannot be read or written
     */
    public static AppendLog open(Path folder, LogHeader header, LogOptions options) throws StorageException {
        return open(folder, header, options, DiskFile::new);
    }

    /**
     * Opens a log up to a position that was committed elsewhere, and removes all later frames: they belong to
     * incomplete work. Creates the log if the position is 0 and the folder does not contain one.
     *
     * @param end the value of {@link #end} at the commit; {@link #commit} must have forced the frames before it
     * @throws DamagedLogException if the log does not reach the position, or no frame ends there; nothing is changed then
     * @throws StorageException as {@link #open(Path, LogHeader, LogOptions)} does
     */
    public static AppendLog open(Path folder, LogHeader header, LogOptions options, long end) throws StorageException {
        return open(folder, header, options, DiskFile::new, files -> new LogCut(files, end).apply());
    }

    static AppendLog open(Path folder, LogHeader header, LogOptions options, Disk disk) throws StorageException {
        return open(folder, header, options, disk, files -> {});
    }

    /** Prepares the files of a log before they are opened. */
    @FunctionalInterface
    private interface Preparation {
        void prepare(LogFolder files) throws IOException;
    }

    private static AppendLog open(Path folder, LogHeader header, LogOptions options, Disk disk, Preparation preparation)
            throws StorageException {
        try {
            FolderLock lock = lock(folder);
            try {
                preparation.prepare(new LogFolder(folder));
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
            try {
                DurableFiles.createFolders(folder);
                return FolderLock.acquire(folder, LogFolder.LOCK);
            } catch (FileAlreadyExistsException refused) {
                // Another process used the folder and has deleted it, or it is a file.
                if (i == ATTEMPTS) {
                    throw refused;
                }
            } catch (StorageException refused) {
                // Another process may have deleted its log and the folder concurrently.
                if (i == ATTEMPTS || !(refused.getCause() instanceof NoSuchFileException)) {
                    throw refused;
                }
            }
        }
    }

    /**
     * Appends a payload. It survives the end of the process once this method returns, and a power failure after
     * {@link #commit}.
     *
     * @param payload the bytes from its position to its limit, 1 to {@link #MAX_PAYLOAD} of them; consumed on success
     * @return the position of the frame
     * @throws StorageException if it cannot be written; the log and the payload are unchanged
     * @throws IllegalStateException if the log is closed
     */
    public long append(ByteBuffer payload) throws StorageException {
        int length = payload.remaining();
        if (length < 1 || length > MAX_PAYLOAD) {
            throw new IllegalArgumentException("a payload must have 1 to " + MAX_PAYLOAD + " bytes, had " + length);
        }
        synchronized (appending) {
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
            }
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
        folder.create(next);
        DiskFile file = disk.open(folder.segment(next.base()));
        active = new Segment(file, next, new Recovery(next.base(), 0, false), options);
        segments.add(next);
        setDurable(full.end());
        try (full) {
            full.seal();
        }
    }

    /**
     * Waits until a frame and all frames before it are on disk.
     *
     * @param position the position of the frame, as returned by {@link #append}
     * @throws StorageException if the log cannot be forced to disk; it then refuses all operations
     * @throws IllegalStateException if the log is closed and the frame is not on disk
     */
    public void commit(long position) throws StorageException {
        if (durable.get() > position) {
            return;
        }
        synchronized (committing) {
            if (durable.get() > position) {
                return; // another thread has forced it
            }
            requireUsable();
            // Earlier segments have been forced since they were full.
            Segment segment = active;
            long end = segment.end();
            if (position >= end) {
                throw new IllegalArgumentException("the log has no frame at " + position + ", it ends at " + end);
            }
            force(segment);
            setDurable(end);
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

    /** Waits until all frames appended so far are on disk. */
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
                FailureReason.of(cause) + "; open the log again to see which of the uncommitted frames are there",
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

    /** Returns a new reader, positioned before the first frame. Close it after use. */
    public LogReader reader() {
        return new LogReader(this);
    }

    /** Returns the position of the first frame. It grows when the log is trimmed. */
    public long start() {
        return segments.start();
    }

    /** Returns the position after the last frame. */
    public long end() {
        return active.end();
    }

    /**
     * Returns whether a force to disk has failed, after which the log refuses all operations until it is opened again.
     */
    public boolean hasFailed() {
        return failure != null;
    }

    /** Returns the number of bytes that {@link #open} truncated as the remains of a crash. */
    public long cutBytes() {
        return cutBytes;
    }

    LogFolder folder() {
        return folder;
    }

    SegmentIndex segments() {
        return segments;
    }

    /**
     * Deletes the segments that contain only frames before a position, but never the active segment. Needs no space on disk.
     */
    public void trim(long position) throws StorageException {
        requireUsable();
        try {
            segments.trim(Math.min(position, active.header().base()));
        } catch (IOException failed) {
            throw new StorageException("cannot trim the log " + folder.path(), failed);
        }
    }

    /** Closes the log and deletes it. The folder is also deleted, unless it contains other files. */
    public void deleteAndClose() throws StorageException {
        synchronized (appending) {
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
            }
        }
    }

    /**
     * Forces the log to disk and closes it. A second call has no effect.
     *
     * @throws StorageException if the force fails; the log is closed regardless
     */
    @Override
    public void close() throws StorageException {
        synchronized (appending) {
            try (lock) {
                if (!closed) {
                    closed = true;
                    closeActive();
                }
            } catch (IOException failed) {
                throw new StorageException("cannot close the log " + folder.path(), failed);
            }
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
