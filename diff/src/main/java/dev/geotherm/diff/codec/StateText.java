package dev.geotherm.diff.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.diff.json.JsonLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * States as JSON text, read and written without loss: every digit of a number, any depth up to 10,000 levels, any length of
 * texts and names. An object with two members of one name is refused, since one of them would be lost.
 */
public final class StateText {
    private StateText() {}

    /**
     * Reads a text in UTF-8 (UTF-16 and UTF-32 are recognised) that is one value and nothing else; closes the stream.
     *
     * @throws JsonProcessingException if it is no JSON; its location says where
     * @throws IOException if the stream cannot be read
     */
    public static JsonNode read(InputStream in) throws IOException {
        try (JsonParser json = JsonLimits.JSON.createParser(in)) {
            return read(json);
        }
    }

    /** Reads a text of which a delta is made. */
    public static JsonNode read(byte[] bytes) {
        try (JsonParser json = JsonLimits.JSON.createParser(bytes)) {
            return read(json);
        } catch (IOException | ArithmeticException | IllegalArgumentException malformed) {
            throw unreadable(malformed);
        }
    }

    /** Returns an exception that says what is wrong with the text of a delta, and where. */
    static DeltaException unreadable(Exception malformed) {
        String what = String.valueOf(malformed.getMessage());
        if (malformed instanceof JsonProcessingException syntax && syntax.getLocation() != null) {
            String where = "line " + syntax.getLocation().getLineNr() + ", column "
                    + syntax.getLocation().getColumnNr();
            what = where + ": " + problem(syntax);
        }
        return new DeltaException("the delta cannot be read: " + what, malformed);
    }

    /** Returns what is wrong with a text in the parser's words, without what these say of a source that has no name. */
    public static String problem(JsonProcessingException malformed) {
        return malformed
                .getOriginalMessage()
                .replaceAll("\\s*\\(start marker at \\[.*?\\]\\)", "")
                .replaceAll("\\s*at \\[Source.*?\\]", "")
                .lines()
                .findFirst()
                .orElse("this is no JSON");
    }

    private static JsonNode read(JsonParser json) throws IOException {
        json.disable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        json.nextToken();
        JsonNode value = JsonTreeReader.read(json);
        if (json.nextToken() != null) {
            throw new JsonParseException(
                    json, "there is more behind the end of the value", json.currentTokenLocation());
        }
        return value;
    }

    /**
     * Writes a value in UTF-8, without spaces; flushes the stream and leaves it open.
     *
     * @throws DeltaException if it holds what JSON has not, such as a NaN
     * @throws IOException if the stream cannot be written
     */
    public static void write(JsonNode value, OutputStream out) throws IOException {
        try (JsonGenerator json = JsonLimits.JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            new JsonTreeWriter(json).write(value);
        }
    }

    static byte[] write(JsonNode value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(value, bytes);
        } catch (IOException beyondLimits) {
            throw new DeltaException("the delta cannot be encoded: " + beyondLimits.getMessage(), beyondLimits);
        }
        return bytes.toByteArray();
    }
}
