package dev.geotherm.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A line of the delta log. The operations are in the order of the changes. Unlike {@link StateDelta#toJsonPatch()}, it does
 * not sort them for compression, because the log is not compressed.
 *
 * @param json the line without a line break
 * @param valueBytes the number of bytes of new values in the line
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record DeltaLine(byte[] json, long valueBytes) {
    private static final int BYTES_PER_CHANGE = 256;

    /**
     * Writes a line.
     *
     * @param delta the delta; must not contain splices
     */
    static DeltaLine of(long base, long revision, String at, String fingerprint, StateDelta delta) {
        ByteArrayOutputStream out =
                new ByteArrayOutputStream(BYTES_PER_CHANGE * (delta.changes().size() + 1));
        long values = 0;
        try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
            SerializerProvider provider = Json.MAPPER.getSerializerProviderInstance();
            json.writeStartObject();
            json.writeNumberField("base", base);
            json.writeNumberField("revision", revision);
            json.writeStringField("at", at);
            json.writeStringField("fingerprint", fingerprint);
            json.writeArrayFieldStart("patch");
            for (Change change : delta.changes()) {
                json.writeStartObject();
                json.writeStringField("op", operation(change));
                Pointer from = change.from();
                if (from != null) {
                    json.writeStringField("from", from.toString());
                }
                json.writeStringField("path", change.path().toString());
                JsonNode value = change.after();
                if (value != null) {
                    json.writeFieldName("value");
                    int start = out.size() + json.getOutputBuffered() + 1; // after the colon
                    value.serialize(json, provider);
                    values += out.size() + json.getOutputBuffered() - start;
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new DeltaLine(out.toByteArray(), values);
    }

    private static String operation(Change change) {
        return switch (change.kind()) {
            case ADDED -> "add";
            case REMOVED -> "remove";
            case MOVED -> "move";
            case TEXT_SPLICED -> throw new IllegalArgumentException("a JSON Patch has no operation for " + change);
            default -> "replace";
        };
    }
}
