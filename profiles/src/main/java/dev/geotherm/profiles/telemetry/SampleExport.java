package dev.geotherm.profiles.telemetry;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.metrics.Measurement;
import dev.geotherm.storage.LineFile;
import dev.geotherm.storage.Retention;
import dev.geotherm.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An export of samples to a file, one JSON object per line, within the size and retention of the settings.
 *
 * <p>A sample that cannot be written, for example because the disk is full, is lost. Later ones are written once there
 * is space, and closing reports the number of lost samples. Not thread-safe.
 */
final class SampleExport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final LineFile lines;
    private @Nullable IOException failure;
    private long lost;

    SampleExport(Path file, TelemetrySettings settings) {
        this.file = file;
        try {
            lines = new LineFile(file, new Retention(settings.exportSize().bytes(), settings.retention()));
        } catch (StorageException unwritable) {
            throw new GeothermException("cannot write samples to " + file + ": " + unwritable.reason(), unwritable);
        }
    }

    void append(Sample sample) {
        try {
            lines.append(line(sample).getBytes(StandardCharsets.UTF_8), sample.time());
        } catch (IOException unwritable) {
            failure = unwritable;
            lost++;
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
            lines.close();
        } catch (IOException unwritable) {
            failure = unwritable;
        }
        if (failure != null) {
            throw new UncheckedIOException(lost + " samples could not be written to " + file, failure);
        }
    }
}
