package dev.geotherm.engine;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * A line of the delta log.
 *
 * @param json the line, without a line break
 * @param valueBytes how many bytes of it are new values
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record DeltaLine(byte[] json, long valueBytes) {
    private static final int BYTES_PER_OPERATION = 256;

    static DeltaLine of(long base, long revision, String at, String fingerprint, ArrayNode patch) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(BYTES_PER_OPERATION * (patch.size() + 1));
        long values = 0;
        try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
            SerializerProvider provider = Json.MAPPER.getSerializerProviderInstance();
            json.writeStartObject();
            json.writeNumberField("base", base);
            json.writeNumberField("revision", revision);
            json.writeStringField("at", at);
            json.writeStringField("fingerprint", fingerprint);
            json.writeArrayFieldStart("patch");
            for (JsonNode operation : patch) {
                json.writeStartObject();
                for (Map.Entry<String, JsonNode> member : operation.properties()) {
                    json.writeFieldName(member.getKey());
                    int start = out.size() + json.getOutputBuffered() + 1; // behind the colon
                    member.getValue().serialize(json, provider);
                    values += member.getKey().equals("value") ? out.size() + json.getOutputBuffered() - start : 0;
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
}
