package dev.geotherm.streaming.journal;

import static java.util.Objects.requireNonNull;

import dev.geotherm.storage.StorageException;
import dev.geotherm.storage.log.AppendLog;
import dev.geotherm.storage.log.DamagedLogException;
import dev.geotherm.storage.log.LogHeader;
import dev.geotherm.storage.log.LogOptions;
import dev.geotherm.storage.log.LogReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A log of items that are removed in any order.
 *
 * <p>An item gets a number, and has a tag from 0 to 7. It survives the end of the process once it has been added, and a power
 * failure after {@link #force}. A removal is written with the next additions, with 63 others, or by {@link #flush}; so a few
 * removed items can reappear after a crash. If a removal cannot be written, because the disk is full, it is written later.
 *
 * <p>Files before the first item are deleted. If the disk is full and the log has no item, the file being written is deleted,
 * too. If a few old items delay the deletion of many, they are written again at the end.
 *
 * <p>Thread-safe.
 */
public final class ItemLog implements Closeable {
    private static final int TAG_BITS = 3;
    private static final int FRAME_HEADER = 1 + Long.BYTES + Integer.BYTES;
    private static final int ITEM_HEADER = 1 + Integer.BYTES;
    private static final int MOVED_HEADER = Long.BYTES + ITEM_HEADER;
    private static final int REMOVALS = 64;
    private static final int BUFFER = 1 << 16;

    private final Path folder;
    private final LogHeader header;
    private final LogOptions options;
    private volatile AppendLog log;

    /** The live items: from the number to the position of the frame and the tag. Guarded by this, like all fields below. */
    private final LongMap live = new LongMap();

    private LogReader reader;
    private ItemCounts counts;
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long[] removals = new long[REMOVALS];
    private int removalCount;
    private long nextNumber = 1;
    private long framePosition = -1;
    private boolean compactionAllowed = true;
    private boolean closed;

    /** Whether the log was deleted, and a new one could not be written yet. */
    private boolean deleted;

    private ItemLog(Path folder, LogHeader header, LogOptions options) throws StorageException {
        this.folder = folder;
        this.header = header;
        this.options = options;
        this.log = AppendLog.open(folder, header, options);
        this.reader = log.reader();
        this.counts = new ItemCounts(options.segmentBytes());
    }

    /**
     * Opens or creates a log, and reads all of it.
     *
     * @throws DamagedLogException if it is damaged in a way that no crash explains
     * @throws StorageException if it cannot be read or written
     */
    public static ItemLog open(Path folder, LogHeader header, LogOptions options) throws StorageException {
        ItemLog items = new ItemLog(folder, header, options);
        try {
            items.recover();
            return items;
        } catch (StorageException | RuntimeException | Error failed) {
            try {
                items.log.close();
            } catch (IOException too) {
                failed.addSuppressed(too);
            }
            throw failed;
        }
    }

    private synchronized void recover() throws StorageException {
        while (reader.next()) {
            long position = reader.position();
            ItemFrame frame = new ItemFrame(reader.payload());
            frame.forEach((number, tag, item) -> enter(number, position, tag));
            frame.forEachRemoved(this::drop);
        }
        trim();
    }

    /** Records an item, which may have been written again. */
    private void enter(long number, long position, int tag) {
        long former = live.put(number, position << TAG_BITS | tag);
        if (former != LongMap.ABSENT) {
            counts.removed(former >> TAG_BITS);
        }
        counts.added(position);
        nextNumber = Math.max(nextNumber, number + 1);
    }

    private boolean drop(long number) {
        long value = live.remove(number);
        if (value != LongMap.ABSENT) {
            counts.removed(value >> TAG_BITS);
        }
        nextNumber = Math.max(nextNumber, number + 1);
        return value != LongMap.ABSENT;
    }

    /**
     * Adds items with one write.
     *
     * @param tags the tags of the items
     * @return the number of the first item; the others follow
     * @throws StorageException if they cannot be written; nothing has changed
     */
    public synchronized long add(byte[] tags, List<byte[]> items) throws StorageException {
        flush();
        long position = appendOrStartOver(tags, items);
        long first = nextNumber;
        compactionAllowed = true;
        for (byte tag : tags) {
            enter(nextNumber, position, tag);
        }
        return first;
    }

    /**
     * Appends items. If the disk is full and no item is left, the log is deleted and starts over, because trimming keeps its last
     * file.
     */
    private long appendOrStartOver(byte[] tags, List<byte[]> items) throws StorageException {
        try {
            if (!deleted) {
                return append(nextNumber, tags, items);
            }
        } catch (StorageException failed) {
            if (live.size() > 0 || log.hasFailed()) {
                throw failed;
            }
            deleteLog();
        }
        log = AppendLog.open(folder, header, options);
        reader = log.reader();
        counts = new ItemCounts(options.segmentBytes());
        removalCount = 0;
        framePosition = -1;
        deleted = false;
        return append(nextNumber, tags, items);
    }

    private void deleteLog() throws StorageException {
        deleted = true;
        try {
            reader.close();
        } catch (IOException failed) {
            throw new StorageException("cannot close a log", failed);
        }
        log.deleteAndClose();
    }

    private long append(long first, byte[] tags, List<byte[]> items) throws StorageException {
        long size = FRAME_HEADER + (long) ITEM_HEADER * tags.length;
        for (byte[] item : items) {
            size += item.length;
        }
        if (size > AppendLog.MAX_PAYLOAD) {
            throw new IllegalArgumentException("items of " + size + " bytes are too large for a log");
        }
        ByteBuffer frame = buffer((int) size);
        frame.put(ItemFrame.ADDED).putLong(first).putInt(tags.length);
        for (int i = 0; i < tags.length; i++) {
            frame.put(tags[i]).putInt(items.get(i).length).put(items.get(i));
        }
        return log.append(frame.flip());
    }

    private ByteBuffer buffer(int size) {
        if (size > BUFFER) {
            return ByteBuffer.allocate(size);
        }
        return buffer.clear();
    }

    /** Waits until everything that was added before is on disk. */
    public void force() throws StorageException {
        log.commit();
    }

    /** Removes an item. Has no effect if there is no such item, or the log is closed. */
    public synchronized void remove(long number) {
        if (!closed && drop(number)) {
            if (removalCount == removals.length) {
                removals = Arrays.copyOf(removals, removals.length * 2);
            }
            removals[removalCount++] = number;
            if (removalCount >= REMOVALS) {
                flush();
            }
            if (counts.isFirstEmpty() || (counts.isSparse() && compactionAllowed)) {
                flush(); // first, because a moved item would come back after a crash, and later removed ones would not
                trim();
            }
        }
    }

    /** Writes the removals that are not written yet, if the disk permits it. */
    public synchronized void flush() {
        if (removalCount == 0 || closed || deleted || log.hasFailed()) {
            return;
        }
        ByteBuffer frame = buffer(1 + removalCount * Long.BYTES);
        frame.put(ItemFrame.REMOVED);
        for (int i = 0; i < removalCount; i++) {
            frame.putLong(removals[i]);
        }
        try {
            log.append(frame.flip());
            removals = new long[REMOVALS];
            removalCount = 0;
        } catch (StorageException later) {
            return;
        }
    }

    /** Deletes files without items. */
    synchronized void trim() {
        if (deleted || log.hasFailed()) {
            return;
        }
        try {
            log.trim(counts.trim(log.end()));
            if (counts.isSparse()) {
                compactionAllowed = false; // stays so if the disk is full
                moveFirst();
                compactionAllowed = true;
                log.trim(counts.trim(log.end()));
            }
        } catch (StorageException later) {
            return; // files that are not deleted now are deleted by a later call
        }
    }

    /** Writes the items of the first part of the log again, at its end. */
    private void moveFirst() throws StorageException {
        long end = Math.min(counts.firstEnd(), log.end());
        Moves moves = new Moves();
        try (LogReader all = log.reader()) {
            while (all.next() && all.position() < end) {
                new ItemFrame(all.payload()).forEach((number, tag, item) -> {
                    if (live.get(number) == (all.position() << TAG_BITS | tag)) {
                        moves.add(number, tag, item);
                    }
                });
            }
        } catch (StorageException failed) {
            throw failed;
        } catch (IOException failed) {
            throw new StorageException("cannot read a log", failed);
        }
        moves.write();
        log.commit();
    }

    /** Items that are written again, many with one write. */
    private final class Moves {
        private final List<Long> numbers = new ArrayList<>();
        private final List<Integer> tags = new ArrayList<>();
        private final ByteBuffer frame = ByteBuffer.allocate(BUFFER).put(ItemFrame.MOVED);

        void add(long number, int tag, ByteBuffer item) throws StorageException {
            int size = MOVED_HEADER + item.remaining();
            if (size > frame.remaining()) {
                write();
            }
            boolean fits = size <= frame.remaining();
            ByteBuffer target = fits ? frame : ByteBuffer.allocate(1 + size).put(ItemFrame.MOVED);
            target.putLong(number).put((byte) tag).putInt(item.remaining()).put(item);
            numbers.add(number);
            tags.add(tag);
            if (!fits) {
                write(target);
            }
        }

        void write() throws StorageException {
            if (!numbers.isEmpty()) {
                write(frame);
            }
        }

        private void write(ByteBuffer items) throws StorageException {
            long position = log.append(items.flip());
            for (int i = 0; i < numbers.size(); i++) {
                enter(numbers.get(i), position, tags.get(i));
            }
            numbers.clear();
            tags.clear();
            frame.clear().put(ItemFrame.MOVED);
        }
    }

    /**
     * Returns an item.
     *
     * @throws StorageException if it cannot be read
     * @throws IllegalArgumentException if there is no such item
     */
    public synchronized byte[] read(long number) throws StorageException {
        long value = live.get(number);
        if (value == LongMap.ABSENT) {
            throw new IllegalArgumentException("the log has no item " + number);
        }
        long position = value >> TAG_BITS;
        if (position != framePosition) {
            framePosition = -1;
            reader.seek(position);
            if (!reader.next()) {
                throw new IllegalStateException("the log ends before item " + number);
            }
            framePosition = position;
        }
        byte[][] found = new byte[1][];
        new ItemFrame(reader.payload()).forEach((each, tag, item) -> {
            if (each == number) {
                found[0] = new byte[item.remaining()];
                item.get(found[0]);
            }
        });
        return requireNonNull(found[0], "an item is in its frame");
    }

    /** Returns the numbers of the items with a tag, in ascending order. */
    public synchronized long[] numbers(int tag) {
        long[] numbers = new long[live.size()];
        int[] count = {0};
        live.forEach((number, value) -> {
            if ((value & ((1 << TAG_BITS) - 1)) == tag) {
                numbers[count[0]++] = number;
            }
        });
        long[] sorted = Arrays.copyOf(numbers, count[0]);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Returns the number of items. */
    public synchronized int size() {
        return live.size();
    }

    /** Returns the bytes on disk, except for what is preallocated. */
    public long bytes() {
        return log.end() - log.start();
    }

    /** Returns how many bytes of an incomplete write were truncated when the log was opened. */
    public long cutBytes() {
        return log.cutBytes();
    }

    public boolean hasFailed() {
        return log.hasFailed();
    }

    /** Closes the log and deletes it. */
    public synchronized void deleteAndClose() throws StorageException {
        closed = true;
        if (!deleted) {
            deleteLog();
        }
    }

    /** Writes what is not written yet, and closes the log. */
    @Override
    public synchronized void close() throws StorageException {
        if (closed || deleted) {
            return;
        }
        flush();
        trim();
        closed = true;
        try (AppendLog closing = log) {
            reader.close();
        } catch (StorageException failed) {
            throw failed;
        } catch (IOException failed) {
            throw new StorageException("cannot close a log", failed);
        }
    }
}
