package dev.geotherm.diff;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.delta.TextSplice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes a delta as JSON. */
final class DeltaWriting {
    private final JsonGenerator json;
    private final JsonTreeWriting trees;

    private DeltaWriting(JsonGenerator json) {
        this.json = json;
        this.trees = new JsonTreeWriting(json);
    }

    static byte[] write(StateDelta delta) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = WireFormat.JSON.createGenerator(bytes)) {
            DeltaWriting writing = new DeltaWriting(json);
            json.writeStartArray();
            for (Change change : delta.changes()) {
                writing.write(change);
                if (bytes.size() > WireFormat.MOST_BYTES) {
                    throw new DeltaException("a delta of more than " + WireFormat.MOST_BYTES + " bytes is not encoded");
                }
            }
            json.writeEndArray();
        } catch (IOException beyondLimits) {
            throw new DeltaException("the delta cannot be encoded: " + beyondLimits.getMessage(), beyondLimits);
        }
        return bytes.toByteArray();
    }

    private void write(Change change) throws IOException {
        json.writeStartObject();
        json.writeStringField(WireFormat.KIND, change.kind().name().toLowerCase(Locale.ROOT));
        write(WireFormat.PATH, change.path());
        write(WireFormat.FROM, change.from());
        write(WireFormat.BEFORE, change.before());
        write(WireFormat.AFTER, change.after());
        write(change.splice());
        if (change.magnitude() != 1) {
            json.writeNumberField(WireFormat.MAGNITUDE, change.magnitude());
        }
        json.writeEndObject();
    }

    private void write(@Nullable TextSplice splice) throws IOException {
        if (splice != null) {
            json.writeArrayFieldStart(WireFormat.SPLICE);
            json.writeNumber(splice.start());
            json.writeNumber(splice.length());
            trees.writeText(splice.text());
            json.writeEndArray();
        }
    }

    private void write(String name, @Nullable Pointer path) throws IOException {
        if (path != null) {
            if (path.depth() > WireFormat.MOST_LEVELS) {
                throw new DeltaException("a path of " + path.depth() + " steps cannot be encoded, "
                        + WireFormat.MOST_LEVELS + " is the most");
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
