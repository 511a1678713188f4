package dev.geotherm.batch.checkpoint;

import dev.geotherm.api.batch.EvaluationException;
import dev.geotherm.batch.output.Outcome;
import dev.geotherm.batch.output.OutcomeReader;
import dev.geotherm.batch.output.OutputFiles;
import dev.geotherm.storage.FailureReason;
import dev.geotherm.storage.FolderLockedException;
import dev.geotherm.storage.StorageException;
import dev.geotherm.storage.log.AppendLog;
import dev.geotherm.storage.log.DamagedLogException;
import dev.geotherm.storage.log.LogHeader;
import dev.geotherm.storage.log.LogMismatchException;
import dev.geotherm.storage.log.LogOptions;
import dev.geotherm.storage.log.LogReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoint of a job: a log of outcomes in the order of completion, with random access. While it is open, no other
 * process or evaluator can open it, so its lock also protects the output.
 *
 * <p>On disk, a checkpoint is the folder of an {@link AppendLog} that belongs to a {@link CheckpointOwner}. Each frame is an
 * outcome: the index of the item (4 bytes, big-endian), 0 for success or 1 for failure (1 byte), JSON.
 *
 * <p>Only one position per item is kept in memory, not the outcomes. Not thread-safe.
 */
public final class Checkpoint implements OutcomeReader, Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);

    private static final String MAGIC = "GEOBATCH";
    private static final int VERSION = 2; // version 1 was a single file
    private static final LogOptions OPTIONS = new LogOptions(1 << 26, 0);
    private static final int RECORD_HEAD = 5;
    private static final long NONE = -1;

    private final OutputFiles files;
    private final AppendLog log;
    private final LogReader reader;
    private final long[] positions; // the position of each outcome in the log
    private final boolean created;

    private Checkpoint(OutputFiles files, AppendLog log, int items) {
        this.files = files;
        this.log = log;
        this.reader = log.reader();
        this.positions = new long[items];
        this.created = log.end() == 0;
        Arrays.fill(positions, NONE);
    }

    /**
     * Opens or creates the checkpoint of an output.
     *
     * @param resumed receives each outcome in an existing checkpoint
     * @throws EvaluationException if a running job has the same output, or the checkpoint belongs to another job or
     *     corpus, is damaged, or cannot be written; the checkpoint is then left unchanged
     */
    public static Checkpoint open(OutputFiles files, CheckpointOwner owner, OutcomeConsumer resumed) {
        Checkpoint checkpoint = new Checkpoint(files, openLog(files, owner), owner.items());
        try {
            checkpoint.load(resumed);
            return checkpoint;
        } catch (IOException e) {
            checkpoint.discard();
            throw refused(files, e);
        } catch (RuntimeException | Error e) {
            checkpoint.discard();
            throw e;
        }
    }

    private static AppendLog openLog(OutputFiles files, CheckpointOwner owner) {
        if (Files.isRegularFile(files.checkpoint(), LinkOption.NOFOLLOW_LINKS)) {
            throw new EvaluationException("cannot use the checkpoint " + files.checkpoint()
                    + ": it is a file, as older versions of this program wrote it, or no checkpoint at all;"
                    + " finish the job with the older version, or delete the file to start over");
        }
        try {
            return AppendLog.open(files.checkpoint(), new LogHeader(MAGIC, VERSION, owner.toJson()), OPTIONS);
        } catch (FolderLockedException e) {
            throw new EvaluationException(
                    "another job (" + writer(e) + ") is writing the output " + files.output() + "; its checkpoint is "
                            + files.checkpoint() + "; wait for its end, or give this job another output",
                    e);
        } catch (LogMismatchException e) {
            throw new EvaluationException(
                    "cannot use the checkpoint " + files.checkpoint() + ": " + mismatch(e.found(), owner), e);
        } catch (StorageException e) {
            throw refused(files, e);
        }
    }

    private static String writer(FolderLockedException e) {
        return e.holder()
                .map(holder -> holder.pid() == ProcessHandle.current().pid()
                        ? "another evaluator of this process"
                        : "another process, " + holder)
                .orElse("another process");
    }

    private static String mismatch(LogHeader found, CheckpointOwner owner) {
        if (!found.magic().equals(MAGIC)) {
            return "it is not a checkpoint; give this job another output";
        }
        return found.version() == VERSION
                ? owner.mismatch(found.fingerprint())
                : "its format has version " + found.version() + ", this program reads version " + VERSION
                        + "; finish the job with the program that started it, or delete the checkpoint to start over";
    }

    private static EvaluationException refused(OutputFiles files, IOException e) {
        return e instanceof DamagedLogException
                ? new EvaluationException("the checkpoint " + files.checkpoint() + " is damaged: " + e.getMessage(), e)
                : new EvaluationException(
                        "cannot use the checkpoint " + files.checkpoint() + ": " + FailureReason.of(e), e);
    }

    private void load(OutcomeConsumer resumed) throws IOException {
        if (log.cutBytes() > 0) {
            LOG.warn(
                    "The checkpoint {} ended in {} incomplete bytes; their items are evaluated again",
                    files.checkpoint(),
                    log.cutBytes());
        }
        while (reader.next()) {
            Outcome outcome = toOutcome(reader.payload());
            int index = outcome.index();
            if (index < 0 || index >= positions.length || has(index)) {
                throw new EvaluationException(
                        "the checkpoint " + files.checkpoint() + " is damaged: the frame at position "
                                + reader.position() + " is not an outcome of an item that has none"
                                + "; restore it from a backup, or delete it to start over");
            }
            positions[index] = reader.position();
            resumed.accept(outcome);
        }
    }

    private static Outcome toOutcome(ByteBuffer frame) throws IOException {
        if (frame.remaining() <= RECORD_HEAD) {
            throw new IOException("it contains a frame of " + frame.remaining() + " bytes");
        }
        int index = frame.getInt();
        boolean failed = frame.get() != 0;
        byte[] json = new byte[frame.remaining()];
        frame.get(json);
        return new Outcome(index, failed, json);
    }

    private static ByteBuffer toFrame(Outcome outcome) {
        return ByteBuffer.allocate(RECORD_HEAD + outcome.json().length)
                .putInt(outcome.index())
                .put((byte) (outcome.failed() ? 1 : 0))
                .put(outcome.json())
                .flip();
    }

    /** Returns whether the checkpoint contains an outcome of the item. */
    public boolean has(int index) {
        return positions[index] != NONE;
    }

    /** Appends outcomes. They survive the end of this process, but not yet a power failure. */
    public void append(List<Outcome> outcomes) throws IOException {
        for (Outcome outcome : outcomes) {
            positions[outcome.index()] = log.append(toFrame(outcome));
        }
    }

    /** Waits until everything appended so far survives a power failure. */
    public void force() throws IOException {
        log.commit();
    }

    /** Returns an outcome. Reads are fast if they follow roughly the order of the appends. */
    @Override
    public Outcome read(int index) throws IOException {
        reader.seek(positions[index]);
        if (!reader.next()) {
            throw new IOException("the checkpoint ends before position " + positions[index]);
        }
        return toOutcome(reader.payload());
    }

    /** Deletes the checkpoint and releases the output. */
    public void deleteAndClose() throws IOException {
        try (reader) {
            log.deleteAndClose();
        }
    }

    /** Closes the checkpoint of a job that did not start, and deletes it if this object created it. */
    public void discard() {
        try {
            if (created) {
                deleteAndClose();
            } else {
                close();
            }
        } catch (IOException e) {
            throw new EvaluationException(
                    "cannot close the checkpoint " + files.checkpoint() + ": " + FailureReason.of(e), e);
        }
    }

    /** Forces everything to disk, closes the checkpoint and releases the output. The second call has no effect. */
    @Override
    public void close() throws IOException {
        try (reader) {
            log.close();
        }
    }

    /** A consumer of the outcomes in an existing checkpoint. */
    @FunctionalInterface
    public interface OutcomeConsumer {

        /** Accepts an outcome. */
        void accept(Outcome outcome) throws IOException;
    }
}
