package dev.geotherm.diff.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.json.JsonProblem;
import dev.geotherm.diff.json.JsonLimits;
import dev.geotherm.diff.json.JsonSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A reader and writer of states as JSON text, without loss and without an object mapper: it keeps every digit and sign
 * of a number, and supports up to 10,000 levels and texts and names of any length. An object with duplicate member
 * names is refused, because one of the values would be lost.
 */
public final class StateText {
    private static final String TRAILING_TEXT = "unexpected text after the value";

    private StateText() {}

    /**
     * Reads a text that consists of one value, in UTF-8, UTF-16 or UTF-32; closes the stream.
     *
     * @throws JsonProcessingException if the text is not JSON, or not valid in its encoding; its location says where
     * @throws IOException if the stream cannot be read
     */
    public static JsonNode read(InputStream in) throws IOException {
        try (JsonParser json = JsonSource.parser(in)) {
            return read(json);
        }
    }

    /**
     * Reads a text with any number of values, such as one per line, as an array of them; closes the stream.
     *
     * @throws JsonProcessingException as for {@link #read(InputStream)}
     * @throws IOException if the stream cannot be read
     */
    public static ArrayNode readLines(InputStream in) throws IOException {
        try (JsonParser json = JsonSource.parser(in)) {
            json.disable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
            ArrayNode values = JsonNodeFactory.instance.arrayNode();
            while (json.nextToken() != null) {
                values.add(JsonTreeReader.read(json));
            }
            return values;
        }
    }

    /**
     * Reads a text.
     *
     * @throws DeltaException if the text is not JSON; the message says where
     */
    public static JsonNode parse(String text) {
        try (JsonParser json = JsonLimits.JSON.createParser(text)) {
            return read(json);
        } catch (IOException | ArithmeticException | IllegalArgumentException malformed) {
            throw unreadable("text", malformed);
        }
    }

    /** Reads a text, for a delta. */
    public static JsonNode read(byte[] bytes) {
        try (JsonParser json = JsonSource.parser(bytes)) {
            return read(json);
        } catch (IOException | ArithmeticException | IllegalArgumentException malformed) {
            throw unreadable("delta", malformed);
        }
    }

    /** Returns an exception that says what is wrong with a text, and where. */
    static DeltaException unreadable(String noun, Exception malformed) {
        String what = String.valueOf(malformed.getMessage());
        if (malformed instanceof JsonProcessingException syntax && syntax.getLocation() != null) {
            String where = "line " + syntax.getLocation().getLineNr() + ", column "
                    + syntax.getLocation().getColumnNr();
            what = where + ": " + problem(syntax);
        }
        return new DeltaException("the " + noun + " cannot be read: " + what, malformed);
    }

    /** Returns what is wrong with a text, without the parser's settings and source. */
    public static String problem(JsonProcessingException malformed) {
        String message = malformed.getOriginalMessage();
        if (message.contains("NestingDepth")) {
            return "the document has more than " + JsonLimits.MAX_LEVELS + " levels";
        } else if (message.contains("NumberLength")) {
            return "a number has more than " + JsonLimits.MAX_DIGITS + " digits; put a text there";
        }
        return JsonProblem.of(malformed);
    }

    /** Returns whether a text was refused because it has more than one value; {@link #readLines} reads such a text. */
    public static boolean hasMoreThanOneValue(JsonProcessingException refused) {
        return TRAILING_TEXT.equals(refused.getOriginalMessage());
    }

    private static JsonNode read(JsonParser json) throws IOException {
        json.disable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        json.nextToken();
        JsonNode value = JsonTreeReader.read(json);
        if (json.nextToken() != null) {
            throw new JsonParseException(json, TRAILING_TEXT, json.currentTokenLocation());
        }
        return value;
    }

    /**
     * Writes a value in UTF-8, without white space; flushes the stream and leaves it open.
     *
     * @throws DeltaException if it contains something that JSON cannot represent, such as NaN
     * @throws IOException if the stream cannot be written
     */
    public static void write(JsonNode value, OutputStream out) throws IOException {
        try (JsonGenerator json = JsonLimits.JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT); // else a failure leaves a complete value
            new JsonTreeWriter(json).write(value);
        }
    }

    /**
     * Returns a value as text, without white space.
     *
     * @throws DeltaException if it contains something that JSON cannot represent, such as NaN
     */
    public static String format(JsonNode value) {
        return new String(write(value), UTF_8);
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
