package dev.geotherm.batch.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.geotherm.api.batch.ItemFailure;
import java.io.IOException;

/**
 * The outcome of one item.
 *
 * @param index the item's position in the corpus
 * @param failed whether the item failed
 * @param json the result, or an object with the attempts and the error of a failure; compact, on one line
 */
@SuppressWarnings("ArrayRecordComponent") // outcomes are written and read, never compared
public record Outcome(int index, boolean failed, byte[] json) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Creates the outcome of an item that succeeded, from its serialized result. */
    public static Outcome ok(int index, byte[] result) {
        return new Outcome(index, false, result);
    }

    /** Creates the outcome of an item that failed. */
    public static Outcome failed(int index, int attempts, String error) throws IOException {
        return new Outcome(
                index,
                true,
                toBytes(JsonNodeFactory.instance
                        .objectNode()
                        .put("attempts", attempts)
                        .put("error", error)));
    }

    /** Returns the failure that this outcome records, for the item with the given id. */
    public ItemFailure failure(String id) throws IOException {
        JsonNode failure = MAPPER.readTree(json);
        return new ItemFailure(
                id, failure.path("attempts").intValue(), failure.path("error").asText());
    }

    /** Serializes JSON on one line. Unpaired surrogates, which UTF-8 cannot encode, are escaped. */
    public static byte[] toBytes(JsonNode json) throws IOException {
        byte[] bytes = MAPPER.writeValueAsBytes(json);
        for (byte b : bytes) {
            if (b == '\n') {
                throw new IOException("the JSON of the result contains a line break outside of its strings");
            }
        }
        return bytes;
    }
}
