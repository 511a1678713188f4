package dev.geotherm.streaming.journal;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.Priority;
import dev.geotherm.storage.StorageException;
import dev.geotherm.storage.log.LogHeader;
import dev.geotherm.storage.log.LogOptions;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fragments of a pipeline on disk, each with a number, until they are removed. While the disk is full or the permitted size
 * is used up, producers wait. Thread-safe.
 */
public final class FragmentJournal<T> implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(FragmentJournal.class);
    private static final LogHeader HEADER = new LogHeader("GEOJOURN", 1, "");
    private static final LogOptions OPTIONS = new LogOptions(1 << 24, 1 << 20);
    private static final int SMALLEST_SEGMENT = 1 << 12;

    /** The number of segments that the permitted size must have room for, so that full ones can be deleted. */
    private static final int SEGMENTS = 8;

    /** The time after which a full disk is tried again: other programs can free space. */
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** The result of {@link #tryAdd} if there is no room. */
    public static final long FULL = -1;

    private final Path folder;
    private final ItemLog log;
    private final FragmentFormat<T> format;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition removed = lock.newCondition();
    private long signals; // guarded by the lock
    private volatile long maxBytes;
    private volatile boolean full;

    private FragmentJournal(Path folder, ItemLog log, FragmentFormat<T> format, long maxBytes) {
        this.folder = folder;
        this.log = log;
        this.format = format;
        this.maxBytes = maxBytes;
    }

    /**
     * Opens the journal of a pipeline.
     *
     * @throws GeothermException if it is open, is damaged in a way that no crash explains, or cannot be read or written
     */
    public static <T> FragmentJournal<T> open(PipelineSpec.Journal<T> place, long maxBytes) {
        long segment = Math.max(SMALLEST_SEGMENT, Math.min(OPTIONS.segmentBytes(), maxBytes / SEGMENTS));
        LogOptions options =
                new LogOptions((int) segment, (int) Math.min(OPTIONS.preallocatedBytes(), segment / SEGMENTS));
        try {
            ItemLog log = ItemLog.open(place.folder(), HEADER, options);
            return new FragmentJournal<>(place.folder(), log, new FragmentFormat<>(place.codec()), maxBytes);
        } catch (StorageException failed) {
            throw new GeothermException("cannot open the journal of a pipeline: " + failed.getMessage(), failed);
        }
    }

    /** Changes the permitted size. */
    public void maxBytes(long bytes) {
        maxBytes = bytes;
        signal();
    }

    /**
     * Adds fragments, and waits while there is no room.
     *
     * @param force whether to wait until they are on disk; otherwise, they survive the end of the process, but not a power
     *     failure
     * @param accepting whether the pipeline accepts fragments
     * @return the number of the first one, the others follow; {@link #FULL} if the pipeline accepts nothing more
     * @throws GeothermException if the disk has failed
     */
    public long add(List<Fragment<T>> fragments, boolean force, BooleanSupplier accepting) throws InterruptedException {
        List<byte[]> items = new ArrayList<>(fragments.size());
        byte[] tags = new byte[fragments.size()];
        for (int i = 0; i < tags.length; i++) {
            items.add(format.encode(fragments.get(i)));
            tags[i] = (byte) fragments.get(i).priority().level();
        }
        long number = tryAdd(tags, items);
        while (number == FULL) {
            if (!accepting.getAsBoolean()) {
                return FULL;
            }
            awaitRemoved();
            number = tryAdd(tags, items);
        }
        if (force) {
            force();
        }
        return number;
    }

    /**
     * Adds a fragment if there is room.
     *
     * @return its number, or {@link #FULL}
     * @throws GeothermException if the disk has failed
     */
    public long tryAdd(Fragment<T> fragment) {
        byte[] tags = {(byte) fragment.priority().level()};
        return tryAdd(tags, List.of(format.encode(fragment)));
    }

    private long tryAdd(byte[] tags, List<byte[]> items) {
        long size = log.size() == 0 ? 0 : log.bytes(); // any fragment fits into an empty journal
        for (byte[] item : items) {
            size += item.length;
        }
        if (log.size() > 0 && size > maxBytes) {
            becomeFull("it has reached its permitted size of " + maxBytes + " bytes");
            return FULL;
        }
        try {
            long number = log.add(tags, items);
            if (full) {
                full = false;
                LOG.info("The journal {} accepts fragments again", folder);
            }
            return number;
        } catch (StorageException failed) {
            if (log.hasFailed()) {
                throw new GeothermException(failed.getMessage(), failed);
            }
            becomeFull(failed.reason());
            return FULL;
        }
    }

    private void becomeFull(String reason) {
        if (!full) {
            full = true;
            LOG.warn("The journal {} accepts no fragments for the moment: {}", folder, reason);
        }
    }

    /** Waits until everything that was added before is on disk. */
    public void force() {
        try {
            log.force();
        } catch (StorageException failed) {
            throw new GeothermException(failed.getMessage(), failed);
        }
    }

    private void awaitRemoved() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long before = signals;
            long left = RETRY_NANOS;
            while (signals == before && left > 0) {
                left = removed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes waiting producers try again. */
    public void signal() {
        lock.lock();
        try {
            signals++;
            removed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Removes a fragment that has its outcome. */
    public void remove(long number) {
        log.remove(number);
        if (full) {
            signal();
        }
    }

    /** Writes the removals that are still in memory only. */
    public void flush() {
        log.flush();
    }

    /**
     * Returns a fragment.
     *
     * @throws GeothermException if it cannot be read
     * @throws RuntimeException if its content cannot be decoded
     */
    public Fragment<T> read(long number) {
        try {
            return format.decode(ByteBuffer.wrap(log.read(number)));
        } catch (StorageException failed) {
            throw new GeothermException(failed.getMessage(), failed);
        }
    }

    /** Returns the numbers of the fragments of a priority, in order of acceptance. */
    public long[] numbers(Priority priority) {
        return log.numbers(priority.level());
    }

    /** Returns the number of fragments. */
    public int size() {
        return log.size();
    }

    /** Returns the bytes on disk. */
    public long bytes() {
        return log.bytes();
    }

    /** Returns how many bytes of an incomplete write were truncated when the journal was opened. */
    public long cutBytes() {
        return log.cutBytes();
    }

    /** Returns the folder. */
    public Path folder() {
        return folder;
    }

    @Override
    public void close() throws StorageException {
        log.close();
    }
}
