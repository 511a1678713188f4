package dev.geotherm.profiles.telemetry;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.geotherm.api.GeothermException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A file to which samples are appended, one JSON object a line.
 *
 * <p>When it cannot be written (a full disk), sampling goes on, and closing says so. Guarded by the telemetry's lock.
 */
final class SampleFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Writer writer;
    private @Nullable IOException failure;
    private long lost;

    SampleFile(Path file) {
        this.file = file;
        try {
            writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException unwritable) {
            throw new GeothermException("cannot write samples to " + file + ": " + unwritable, unwritable);
        }
    }

    void append(Sample sample) {
        if (failure != null) {
            lost++;
            return;
        }
        try {
            Map<String, Object> line = new TreeMap<>();
            line.put("time", sample.time().toString());
            line.put("figures", sample.figures());
            writer.write(JSON.writeValueAsString(line));
            writer.write('\n');
            writer.flush();
        } catch (IOException unwritable) {
            failure = unwritable;
            lost++;
        }
    }

    void close() {
        try {
            writer.close();
        } catch (IOException unwritable) {
            failure = failure == null ? unwritable : failure;
        }
        if (failure != null) {
            throw new UncheckedIOException(lost + " samples could not be written to " + file, failure);
        }
    }
}
