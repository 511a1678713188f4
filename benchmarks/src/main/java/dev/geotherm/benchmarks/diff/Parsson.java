package dev.geotherm.benchmarks.diff;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonPatch;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonStructure;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.function.Supplier;

/** Parsson, with raised input limits; it compares its own trees, which are parsed outside of the timing. */
final class Parsson implements Contender {
    private static final JsonReaderFactory READERS = Json.createReaderFactory(
            Map.of("org.eclipse.parsson.maxParsingLimit", Integer.MAX_VALUE, "org.eclipse.parsson.maxDepth", 100_000));

    @Override
    public String name() {
        return "parsson";
    }

    @Override
    public Supplier<Object> comparing(StatePair pair) {
        JsonStructure before = read(pair.beforeText());
        JsonStructure after = read(pair.afterText());
        return () -> Json.createDiff(before, after);
    }

    private static JsonStructure read(byte[] text) {
        try (JsonReader reader = READERS.createReader(new ByteArrayInputStream(text), UTF_8)) {
            return reader.read();
        }
    }

    @Override
    public byte[] patch(StatePair pair, Object outcome) {
        return operations(outcome).toString().getBytes(UTF_8);
    }

    private static JsonArray operations(Object outcome) {
        return ((JsonPatch) outcome).toJsonArray();
    }

    @Override
    public Supplier<Object> applying(StatePair pair, Object outcome) {
        JsonStructure before = read(pair.beforeText());
        return () -> ((JsonPatch) outcome).apply(before);
    }

    @Override
    public int changes(Object outcome) {
        return operations(outcome).size();
    }
}
