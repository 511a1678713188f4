package dev.geotherm.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.storage.FailureReason;
import jakarta.inject.Inject;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The file of fragments that could not be ingested, one JSON line each; the first dead letter creates it. */
final class DeadLetterFile implements PipelineListener<String>, Closeable {
    private final Path file;
    private @Nullable OutputStream out;
    private long count;

    @Inject
    DeadLetterFile(KnowledgeFolder folder) {
        this.file = folder.draft(KnowledgeFolder.DEAD_LETTERS);
    }

    @Override
    public synchronized void onDeadLetter(DeadLetter<String> letter) {
        ObjectNode line = Json.MAPPER.createObjectNode();
        line.put("id", letter.fragment().id())
                .put("attempts", letter.attempts())
                .put("error", letter.error().toString())
                .put("content", letter.fragment().content());
        letter.fragment().metadata().forEach(line.putObject("metadata")::put);
        try {
            if (out == null) {
                out = new BufferedOutputStream(Files.newOutputStream(file));
            }
            out.write(Json.MAPPER.writeValueAsBytes(line));
            out.write('\n');
            count++;
        } catch (IOException failed) {
            throw new GeothermException("cannot write " + file + ": " + FailureReason.of(failed), failed);
        }
    }

    /** Returns the number of fragments in the file. */
    synchronized long count() {
        return count;
    }

    @Override
    public synchronized void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
