package dev.geotherm.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.engine.ledger.Hash128;
import dev.geotherm.engine.ledger.Ledger;
import dev.geotherm.engine.ledger.LedgerEntry;
import dev.geotherm.storage.AtomicFile;
import jakarta.inject.Inject;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The file of chunks that could not be ingested, with one JSON line per chunk. It exists only if there are any. In a folder
 * of durable knowledge, it outlives the process, and keeps each letter until its chunk is ingested or the letter is removed.
 *
 * <p>A dead letter that cannot be written is counted, kept in memory, and written before the next one. An ingestion stops at
 * such a failure, so the number of these letters is bounded by the capacity of a pipeline. Thread-safe.
 */
final class DeadLetterFile implements Closeable {
    private static final String CONTENT = "the dead letters";

    private final Path file;
    private final boolean lasting;
    private final Queue<DeadLetter<Chunk>> unwritten = new ArrayDeque<>();
    private volatile LineLog lines;
    private long count;

    @Inject
    DeadLetterFile(KnowledgeFolder folder, StoreGenerations generations) throws IOException {
        this(
                generations.isDurable()
                        ? folder.file(KnowledgeFolder.DEAD_LETTERS)
                        : folder.draft(KnowledgeFolder.DEAD_LETTERS),
                generations.isDurable());
    }

    /**
     * Opens a file.
     *
     * @param lasting whether to keep the letters of earlier processes
     */
    DeadLetterFile(Path file, boolean lasting) throws IOException {
        this.file = file;
        this.lasting = lasting;
        this.lines = new LineLog(file, lasting ? wholeLines(file) : 0, CONTENT);
    }

    /** Returns the length of a file up to its last line break, because a crash can leave a partial line. */
    private static long wholeLines(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        long whole = 0;
        try (InputStream in = Files.newInputStream(file)) {
            byte[] block = new byte[1 << 16];
            long offset = 0;
            for (int length = in.read(block); length >= 0; length = in.read(block)) {
                for (int i = length - 1; i >= 0; i--) {
                    if (block[i] == '\n') {
                        whole = offset + i + 1;
                        break;
                    }
                }
                offset += length;
            }
        }
        return whole;
    }

    /** Adds a dead letter. {@link #throwIfFailed} reports a failure to write it. */
    synchronized void add(DeadLetter<Chunk> letter) {
        count++;
        unwritten.add(letter);
        try {
            write();
        } catch (GeothermException reportedByTheIngestion) {
            return;
        }
    }

    private void write() {
        for (DeadLetter<Chunk> next = unwritten.peek(); next != null; next = unwritten.peek()) {
            lines.append(DeadLetterLine.of(next).bytes());
            unwritten.remove();
        }
    }

    /**
     * Writes the dead letters that an earlier failure left, and clears the failure.
     *
     * @throws GeothermException if they still cannot be written
     */
    synchronized void recover() {
        write();
        lines.clearFailure();
    }

    /** Throws the last failure to write a dead letter since {@link #recover}, if any. */
    void throwIfFailed() {
        lines.throwIfFailed();
    }

    /** Forces the dead letters to disk. */
    synchronized void force() {
        lines.force();
    }

    /** Returns the number of dead letters since the file was opened. */
    synchronized long count() {
        return count;
    }

    /** Returns the newest dead letter of each chunk, oldest first. */
    synchronized List<DeadLetterLine> list() throws IOException {
        write();
        Map<String, DeadLetterLine> newest = new LinkedHashMap<>();
        lines.read((line, number) -> {
            DeadLetterLine letter = parse(line, number);
            newest.remove(letter.id());
            newest.put(letter.id(), letter);
        });
        return new ArrayList<>(newest.values());
    }

    private DeadLetterLine parse(String line, long number) {
        try {
            return DeadLetterLine.parse(line);
        } catch (JsonProcessingException | RuntimeException damaged) {
            throw new GeothermException(
                    file + ":" + number + ": is not a dead letter; remove this line, or delete the file to drop all",
                    damaged);
        }
    }

    /** Removes dead letters by replacing the file, and returns their number. */
    synchronized long removeIf(Predicate<DeadLetterLine> removed) throws IOException {
        List<DeadLetterLine> kept = new ArrayList<>();
        long before = 0;
        for (DeadLetterLine letter : list()) {
            before++;
            if (!removed.test(letter)) {
                kept.add(letter);
            }
        }
        if (before > 0) {
            replace(kept);
        }
        return before - kept.size();
    }

    private void replace(List<DeadLetterLine> kept) throws IOException {
        lines.close();
        if (kept.isEmpty()) {
            Files.delete(file);
            lines = new LineLog(file, 0, CONTENT);
            return;
        }
        try (AtomicFile written = AtomicFile.open(file)) {
            for (DeadLetterLine letter : kept) {
                written.out().write(letter.bytes());
                written.out().write('\n');
            }
            written.commit();
        }
        lines = new LineLog(file, Files.size(file), CONTENT);
    }

    /**
     * Removes the dead letters of chunks that are no longer missing or belong to removed documents. Has no effect on a
     * temporary file.
     *
     * @return the number of removed letters
     */
    synchronized long removeObsolete(Ledger ledger) throws IOException {
        if (!lasting || lines.end() == 0) {
            return 0;
        }
        List<DeadLetterLine> obsolete = new ArrayList<>();
        for (DeadLetterLine letter : list()) {
            if (!isMissing(letter.chunk(), ledger)) {
                obsolete.add(letter);
            }
        }
        return obsolete.isEmpty() ? 0 : removeIf(obsolete::contains);
    }

    private static boolean isMissing(DeadChunk chunk, Ledger ledger) throws IOException {
        @Nullable
        LedgerEntry entry = ledger.find(chunk.source(), chunk.document()).orElse(null);
        return entry != null
                && chunk.number() < entry.chunks().size()
                && entry.chunks().get(chunk.number()).equals(Hash128.NONE);
    }

    /** Writes all dead letters that an earlier failure left. */
    synchronized void save() {
        write();
    }

    @Override
    public synchronized void close() throws IOException {
        lines.close();
    }
}
