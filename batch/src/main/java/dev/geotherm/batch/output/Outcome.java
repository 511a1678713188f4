package dev.geotherm.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.geotherm.api.batch.ItemFailure;
import java.io.IOException;

/**
 * What came of one item.
 *
 * @param index the item's place in the corpus
 * @param failed whether it failed
 * @param json the value, or for a failure an object of its attempts and its error; compact, on one line
 */
@SuppressWarnings("ArrayRecordComponent") // outcomes are written and read, never compared
record Outcome(int index, boolean failed, byte[] json) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Outcome ok(int index, byte[] value) {
        return new Outcome(index, false, value);
    }

    static Outcome failed(int index, int attempts, String error) throws IOException {
        return new Outcome(
                index,
                true,
                bytes(JsonNodeFactory.instance
                        .objectNode()
                        .put("attempts", attempts)
                        .put("error", error)));
    }

    /** Returns what this failure tells about the item of the given id. */
    ItemFailure failure(String id) throws IOException {
        JsonNode told = MAPPER.readTree(json);
        return new ItemFailure(
                id, told.path("attempts").intValue(), told.path("error").asText());
    }

    /** Writes JSON on one line; what UTF-8 cannot say, as half a surrogate pair, is escaped. */
    static byte[] bytes(JsonNode json) throws IOException {
        byte[] bytes = MAPPER.writeValueAsBytes(json);
        for (byte b : bytes) {
            if (b == '\n') {
                throw new IOException("the codec's JSON has a line break outside of its texts");
            }
        }
        return bytes;
    }
}
