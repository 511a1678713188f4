package dev.geotherm.batch;

import dev.geotherm.api.batch.EvaluationException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;

/**
 * The checkpoint of a job: a file to which outcomes are appended as they come, in whatever order, and from which they are
 * read in any other.
 *
 * <p>The file is {@code GEOBATCH}, then {@link Frames}: first the {@link JournalHeader} as JSON, then one an outcome: the
 * item's index (4 bytes), 0 or 1 for ok or failed (1 byte), JSON. Numbers are big-endian, checksums CRC-32C. A record that
 * was cut short at the end is dropped when the file is opened; any other damage is refused.
 *
 * <p>In memory there is a place in the file for each item, not the outcomes. For use by one thread at a time.
 */
final class Journal implements Closeable {
    private static final byte[] MAGIC = "GEOBATCH".getBytes(StandardCharsets.US_ASCII);
    private static final int RECORD_HEAD = 5;
    private static final int BUFFER = 1 << 16;

    private final OutputFiles files;
    private final OutputClaim claim;
    private final FileChannel channel;
    private final Disk disk;
    private final long[] places;
    private ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private ByteBuffer window = ByteBuffer.allocate(BUFFER).limit(0);
    private long windowStart;
    private long end;

    private Journal(OutputFiles files, OutputClaim claim, Disk disk, int items) {
        this.files = files;
        this.claim = claim;
        this.channel = claim.channel();
        this.disk = disk;
        this.places = new long[items];
    }

    /**
     * Opens the checkpoint of an output, or begins it.
     *
     * @param resumed is told each outcome that is there already
     * @throws EvaluationException if it is of something else, is damaged or cannot be written; it is as it was then
     */
    static Journal open(OutputFiles files, JournalHeader header, Disk disk, Resumed resumed) {
        OutputClaim claim = OutputClaim.of(files);
        try {
            Journal journal = new Journal(files, claim, disk, header.items());
            journal.load(header, resumed);
            return journal;
        } catch (Frames.DamagedException e) {
            claim.undo();
            throw new EvaluationException(
                    "the checkpoint " + files.checkpoint() + " is damaged: " + e.getMessage()
                            + "; restore it from a copy, or delete it to start again",
                    e);
        } catch (IOException e) {
            claim.undo();
            throw new EvaluationException(
                    "cannot use the checkpoint " + files.checkpoint() + ": " + OutputFiles.reason(e), e);
        } catch (RuntimeException | Error e) {
            claim.undo();
            throw e;
        }
    }

    private void load(JournalHeader header, Resumed resumed) throws IOException {
        byte[] magic = new byte[(int) Math.min(MAGIC.length, channel.size())];
        ByteBuffer start = ByteBuffer.wrap(magic);
        while (start.hasRemaining() && channel.read(start) >= 0) {
            // until it is read
        }
        if (!Arrays.equals(magic, Arrays.copyOf(MAGIC, magic.length))) {
            throw new Frames.DamagedException("it does not begin like a checkpoint");
        }
        Frames frames = new Frames(channel);
        byte[] found = frames.next();
        if (found == null) {
            begin(header);
            return;
        }
        header.requireSame(found, files.checkpoint());
        long place = frames.position();
        for (byte[] record = frames.next(); record != null; record = frames.next()) {
            resumed.accept(remember(record, place));
            place = frames.position();
        }
        end = place;
        if (channel.size() > end) {
            channel.truncate(end);
        }
        channel.position(end);
    }

    private void begin(JournalHeader header) throws IOException {
        channel.truncate(0);
        channel.position(0);
        byte[] payload = header.toBytes();
        ByteBuffer first = ByteBuffer.allocate(MAGIC.length + Frames.HEAD + payload.length);
        Frames.put(first.put(MAGIC), ByteBuffer.wrap(payload));
        end = first.position();
        disk.write(channel, first.flip());
        disk.force(channel);
        disk.forceFolder(files.folder());
    }

    private Outcome remember(byte[] record, long place) throws Frames.DamagedException {
        Outcome outcome = outcome(record);
        if (outcome.index() < 0 || outcome.index() >= places.length) {
            throw new Frames.DamagedException(
                    "the record at byte " + place + " is of item " + outcome.index() + " of " + places.length);
        }
        if (places[outcome.index()] != 0) {
            throw new Frames.DamagedException("it has item " + outcome.index() + " twice");
        }
        places[outcome.index()] = place;
        return outcome;
    }

    private static Outcome outcome(byte[] record) throws Frames.DamagedException {
        if (record.length <= RECORD_HEAD) {
            throw new Frames.DamagedException("it has a record of " + record.length + " bytes");
        }
        int index = ByteBuffer.wrap(record).getInt();
        return new Outcome(index, record[RECORD_HEAD - 1] != 0, Arrays.copyOfRange(record, RECORD_HEAD, record.length));
    }

    /** Returns whether there is an outcome of the item. */
    boolean has(int index) {
        return places[index] != 0;
    }

    /** Appends outcomes; they survive the end of this process, but not yet a loss of power. */
    void append(List<Outcome> outcomes) throws IOException {
        long[] at = new long[outcomes.size()];
        long next = end;
        buffer.clear();
        for (int i = 0; i < at.length; i++) {
            Outcome outcome = outcomes.get(i);
            byte[] json = outcome.json();
            at[i] = next;
            int size = Frames.HEAD + RECORD_HEAD + json.length;
            if (size > buffer.remaining()) {
                flush();
                buffer = size > buffer.capacity() ? ByteBuffer.allocate(size) : buffer;
            }
            ByteBuffer record = ByteBuffer.allocate(RECORD_HEAD + json.length);
            record.putInt(outcome.index())
                    .put((byte) (outcome.failed() ? 1 : 0))
                    .put(json);
            Frames.put(buffer, record.flip());
            next += size;
        }
        flush();
        end = next;
        for (int i = 0; i < at.length; i++) {
            places[outcomes.get(i).index()] = at[i];
        }
    }

    private void flush() throws IOException {
        disk.write(channel, buffer.flip());
        buffer.clear();
    }

    /** Makes everything that was appended survive a loss of power. */
    void force() throws IOException {
        disk.force(channel);
    }

    /** Reads the outcome of an item; quick when outcomes are read in about the order in which they were appended. */
    Outcome read(int index) throws IOException {
        long place = places[index];
        ByteBuffer head = bytes(place, Frames.HEAD);
        int length = head.getInt();
        int sum = head.getInt(head.position() + Integer.BYTES);
        if (length < 0 || length > end - place - Frames.HEAD) {
            throw new IOException("the record at byte " + place + " has changed since it was written");
        }
        byte[] record = new byte[length];
        bytes(place + Frames.HEAD, length).get(record);
        if (Frames.sum(record) != sum) {
            throw new IOException("the record at byte " + place + " has changed since it was written");
        }
        return outcome(record);
    }

    private ByteBuffer bytes(long from, int length) throws IOException {
        if (from < windowStart || from + length > windowStart + window.limit()) {
            window = length > window.capacity() ? ByteBuffer.allocate(length) : window;
            window.clear();
            windowStart = from;
            while (window.position() < length) {
                if (channel.read(window, from + window.position()) < 0) {
                    throw new IOException("the file ends before byte " + (from + length));
                }
            }
            window.flip();
        }
        return window.slice((int) (from - windowStart), length);
    }

    /** Deletes the file, which stays claimed until it is closed. */
    void delete() throws IOException {
        Files.deleteIfExists(files.checkpoint());
        disk.forceFolder(files.folder());
    }

    /** Closes the file and leaves it as it was before it was opened, if nothing was appended. */
    void undo() {
        claim.undo();
    }

    @Override
    public void close() throws IOException {
        claim.close();
    }

    /** Is told what a journal had already. */
    @FunctionalInterface
    interface Resumed {
        void accept(Outcome outcome) throws IOException;
    }
}
