package dev.geotherm.diff.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.delta.TextSplice;
import dev.geotherm.diff.json.JsonLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The writer of the JSON format of deltas. */
final class DeltaWriter {
    private final JsonGenerator json;
    private final JsonTreeWriter trees;

    private DeltaWriter(JsonGenerator json) {
        this.json = json;
        this.trees = new JsonTreeWriter(json);
    }

    static byte[] write(StateDelta delta) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonLimits.JSON.createGenerator(bytes)) {
            write(delta, json, bytes);
        } catch (IOException beyondLimits) {
            throw new DeltaException("the delta cannot be encoded: " + beyondLimits.getMessage(), beyondLimits);
        }
        return bytes.toByteArray();
    }

    /** Writes an array of changes; {@code bytes} is the output of the generator; its size is limited. */
    static void write(StateDelta delta, JsonGenerator json, ByteArrayOutputStream bytes) throws IOException {
        DeltaWriter writing = new DeltaWriter(json);
        json.writeStartArray();
        for (Change change : delta.changes()) {
            writing.write(change);
            if (bytes.size() > JsonLimits.MAX_BYTES) {
                throw new DeltaException("a delta of more than " + JsonLimits.MAX_BYTES + " bytes is not encoded");
            }
        }
        json.writeEndArray();
    }

    private void write(Change change) throws IOException {
        json.writeStartObject();
        json.writeStringField(DeltaMembers.KIND, change.kind().name().toLowerCase(Locale.ROOT));
        write(DeltaMembers.PATH, change.path());
        write(DeltaMembers.FROM, change.from());
        write(DeltaMembers.BEFORE, change.before());
        write(DeltaMembers.AFTER, change.after());
        write(change.splice());
        if (change.magnitude() != 1) {
            json.writeNumberField(DeltaMembers.MAGNITUDE, change.magnitude());
        }
        json.writeEndObject();
    }

    private void write(@Nullable TextSplice splice) throws IOException {
        if (splice != null) {
            json.writeArrayFieldStart(DeltaMembers.SPLICE);
            json.writeNumber(splice.start());
            json.writeNumber(splice.length());
            trees.writeText(splice.text());
            json.writeEndArray();
        }
    }

    private void write(String name, @Nullable Pointer path) throws IOException {
        if (path != null) {
            if (path.depth() > JsonLimits.MAX_LEVELS) {
                throw new DeltaException("a path of " + path.depth() + " steps cannot be encoded, "
                        + JsonLimits.MAX_LEVELS + " is the most");
            }
            json.writeFieldName(name);
            trees.writeText(path.toString());
        }
    }

    private void write(String name, @Nullable JsonNode value) throws IOException {
        if (value != null) {
            json.writeFieldName(name);
            trees.write(value);
        }
    }
}
