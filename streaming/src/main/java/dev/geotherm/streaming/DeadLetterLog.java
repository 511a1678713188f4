package dev.geotherm.streaming;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.streaming.ContentCodec;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.DeadLetters;
import dev.geotherm.storage.StorageException;
import dev.geotherm.storage.log.LogHeader;
import dev.geotherm.storage.log.LogOptions;
import dev.geotherm.streaming.journal.DeadLetterRecord;
import dev.geotherm.streaming.journal.FragmentFormat;
import dev.geotherm.streaming.journal.ItemLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A durable store of dead letters in a folder, for {@link dev.geotherm.api.streaming.PipelineSpec#withDeadLetters}. A letter is
 * on disk when {@link #add} returns. The number of letters is not limited. The store keeps the text of an error instead of the
 * error itself.
 *
 * <p>When the last letter is removed, new files replace the old ones. If the disk fails, methods throw a {@link
 * GeothermException}. Close the store after the pipeline. Only one process can open a folder at a time, and only once.
 *
 * @param <T> the content of the fragments
 */
public final class DeadLetterLog<T> implements DeadLetters<T>, AutoCloseable {
    private static final LogHeader HEADER = new LogHeader("GEODEADL", 1, "");
    private static final LogOptions OPTIONS = new LogOptions(1 << 22, 0);
    private static final byte[] TAG = {0};

    private final Path folder;
    private final FragmentFormat<T> format;
    private ItemLog log;

    private DeadLetterLog(Path folder, ContentCodec<T> codec, ItemLog log) {
        this.folder = folder;
        this.format = new FragmentFormat<>(codec);
        this.log = log;
    }

    /**
     * Opens the store in a folder, or creates it.
     *
     * @param folder for the store only; created if it is missing
     * @param codec the codec of the contents
     * @throws GeothermException if the store is open, is damaged in a way that no crash explains, or cannot be read or written
     */
    public static <T> DeadLetterLog<T> open(Path folder, ContentCodec<T> codec) {
        requireNonNull(codec, "codec");
        try {
            return new DeadLetterLog<>(folder, codec, ItemLog.open(folder, HEADER, OPTIONS));
        } catch (StorageException failed) {
            throw new GeothermException(failed.getMessage(), failed);
        }
    }

    @Override
    public synchronized void add(DeadLetter<T> letter) {
        try {
            log.add(TAG, List.of(DeadLetterRecord.encode(letter, format)));
            log.force();
        } catch (StorageException failed) {
            throw new GeothermException(failed.getMessage(), failed);
        }
    }

    @Override
    public List<DeadLetter<T>> list() {
        List<DeadLetter<T>> letters = new ArrayList<>();
        for (long number : numbers()) {
            letters.add(read(number));
        }
        return letters;
    }

    private synchronized long[] numbers() {
        return log.numbers(0);
    }

    private synchronized DeadLetter<T> read(long number) {
        try {
            return DeadLetterRecord.decode(log.read(number), format);
        } catch (StorageException failed) {
            throw new GeothermException(failed.getMessage(), failed);
        }
    }

    @Override
    public synchronized int size() {
        return log.size();
    }

    @Override
    public long dropped() {
        return 0;
    }

    @Override
    public int removeIf(Predicate<? super DeadLetter<T>> selection) {
        int removed = 0;
        try {
            for (long number : numbers()) {
                if (selection.test(read(number))) {
                    remove(number);
                    removed++;
                }
            }
        } finally {
            settle();
        }
        return removed;
    }

    private synchronized void remove(long number) {
        log.remove(number);
    }

    /** Writes the removals. An empty log is replaced by a new one, so that no removed letter stays on disk. */
    private synchronized void settle() {
        try {
            log.flush();
            if (log.size() == 0) {
                log.deleteAndClose();
                log = ItemLog.open(folder, HEADER, OPTIONS);
            } else {
                log.force();
            }
        } catch (StorageException failed) {
            throw new GeothermException(failed.getMessage(), failed);
        }
    }

    /** Closes the files. */
    @Override
    public synchronized void close() {
        try {
            log.close();
        } catch (StorageException failed) {
            throw new GeothermException(failed.getMessage(), failed);
        }
    }
}
