package dev.geotherm.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.streaming.DeadLetter;
import jakarta.inject.Inject;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The file of fragments that could not be ingested, one JSON line each; it exists only if there are any.
 *
 * <p>A dead letter that cannot be written is counted and kept in memory, and written before the next one. An ingestion
 * stops at such a failure, so not more of them are kept than a pipeline holds. Safe for use by several threads.
 */
final class DeadLetterFile implements Closeable {
    private final LineLog lines;
    private final Queue<DeadLetter<Chunk>> unwritten = new ArrayDeque<>();
    private long count;

    @Inject
    DeadLetterFile(KnowledgeFolder folder) {
        this(folder.draft(KnowledgeFolder.DEAD_LETTERS));
    }

    /** Creates a file. */
    DeadLetterFile(Path file) {
        this.lines = new LineLog(file, 0, "the dead letters");
    }

    /** Adds a dead letter. A failure to write it is reported by {@link #throwIfFailed}. */
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
            lines.append(line(next));
            unwritten.remove();
        }
    }

    private static byte[] line(DeadLetter<Chunk> letter) {
        Chunk chunk = letter.fragment().content();
        ObjectNode line = Json.MAPPER.createObjectNode();
        line.put("id", chunk.id())
                .put("attempts", letter.attempts())
                .put("error", letter.error().toString())
                .put("content", chunk.text().text());
        line.putObject("metadata")
                .put("source", chunk.document().source().name())
                .put("document", chunk.document().id())
                .put("title", chunk.text().title())
                .put("start", String.valueOf(chunk.text().start()))
                .put("end", String.valueOf(chunk.text().end()));
        try {
            return Json.MAPPER.writeValueAsBytes(line);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * Writes the dead letters that an earlier failure left, and forgets the failure.
     *
     * @throws GeothermException if they still cannot be written
     */
    synchronized void recover() {
        write();
        lines.clearFailure();
    }

    /** Throws the last failure to write a dead letter, if there was one since {@link #recover}. */
    void throwIfFailed() {
        lines.throwIfFailed();
    }

    /** Forces the dead letters to disk. */
    synchronized void force() {
        lines.force();
    }

    /** Returns the number of dead letters. */
    synchronized long count() {
        return count;
    }

    /** Writes all dead letters to a file, if there are any. */
    synchronized void save(Path file) throws IOException {
        write();
        if (count > 0 && !file.equals(lines.file())) {
            lines.writeTo(file);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        lines.close();
    }
}
