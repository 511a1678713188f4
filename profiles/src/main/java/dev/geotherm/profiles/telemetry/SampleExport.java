package dev.geotherm.profiles.telemetry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.metrics.Measurement;
import dev.geotherm.storage.DurableFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An export of samples to a file, one JSON object per line, with one older file.
 *
 * <p>A file that reaches half of the permitted size replaces the older file; an older file is deleted when all its
 * samples have expired. If the file cannot be written (a full disk), sampling continues, and closing reports the
 * failure. Not safe for use by several threads.
 */
final class SampleExport {
    static final String OLDER = ".1";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Path older;
    private final long maxFileBytes;
    private final Duration retention;
    private OutputStream out;
    private long size;
    private @Nullable IOException failure;
    private long lost;

    SampleExport(Path file, TelemetrySettings settings) {
        this.file = file;
        this.older = file.resolveSibling(file.getFileName() + OLDER);
        this.maxFileBytes = settings.exportSize().bytes() / 2;
        this.retention = settings.retention();
        try {
            out = open();
        } catch (IOException unwritable) {
            throw new GeothermException("cannot write samples to " + file + ": " + unwritable, unwritable);
        }
    }

    private OutputStream open() throws IOException {
        OutputStream opened = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        size = Files.size(file);
        return opened;
    }

    void append(Sample sample) {
        if (failure != null) {
            lost++;
            return;
        }
        try {
            byte[] line = (line(sample) + "\n").getBytes(StandardCharsets.UTF_8);
            if (size > 0 && size + line.length > maxFileBytes) {
                out.close();
                DurableFiles.move(file, older);
                out = open();
            }
            out.write(line);
            size += line.length;
            deleteOutdated(sample.time());
        } catch (IOException unwritable) {
            failure = unwritable;
            lost++;
        }
    }

    private void deleteOutdated(Instant now) throws IOException {
        if (Files.exists(older) && Files.getLastModifiedTime(older).toInstant().isBefore(now.minus(retention))) {
            DurableFiles.delete(older);
        }
    }

    private static String line(Sample sample) throws IOException {
        ObjectNode line = JSON.createObjectNode().put("time", sample.time().toString());
        ArrayNode measurements = line.putArray("measurements");
        sample.measurements()
                .forEach((part, all) -> all.forEach(measurement -> {
                    ObjectNode node = measurements.addObject().put("name", part + "." + measurement.name());
                    if (!measurement.instance().isEmpty()) {
                        node.put("instance", measurement.instance());
                    }
                    putValue(node, measurement);
                }));
        return JSON.writeValueAsString(line);
    }

    private static void putValue(ObjectNode node, Measurement measurement) {
        Object value = measurement.value();
        if (value instanceof Distribution distribution) {
            node.set("value", JSON.valueToTree(distribution));
        } else if (value instanceof Enum<?>) {
            node.put("value", measurement.text());
        } else if (value instanceof Duration) {
            node.put("value", measurement.number());
        } else {
            node.set("value", JSON.valueToTree(value));
        }
        if (!measurement.unit().isEmpty()) {
            node.put("unit", measurement.unit());
        }
    }

    void close() {
        try {
            out.close();
        } catch (IOException unwritable) {
            failure = failure == null ? unwritable : failure;
        }
        if (failure != null) {
            throw new UncheckedIOException(lost + " samples could not be written to " + file, failure);
        }
    }
}
