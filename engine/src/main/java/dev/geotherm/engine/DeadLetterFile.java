package dev.geotherm.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.cli.Json;
import dev.geotherm.storage.AtomicFile;
import dev.geotherm.storage.FailureReason;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Keeps the fragments that could not be ingested, a JSON line each, in a file that appears with the first. */
final class DeadLetterFile implements PipelineListener<String>, Closeable {
    private final Path target;
    private @Nullable AtomicFile file;
    private int count;

    DeadLetterFile(Path target) {
        this.target = target;
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
            if (file == null) {
                file = AtomicFile.open(target);
            }
            file.out().write(Json.MAPPER.writeValueAsBytes(line));
            file.out().write('\n');
            count++;
        } catch (IOException failed) {
            throw new GeothermException("cannot write " + target + ": " + FailureReason.of(failed), failed);
        }
    }

    synchronized int count() {
        return count;
    }

    synchronized void commit() throws IOException {
        if (file != null) {
            file.commit();
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
