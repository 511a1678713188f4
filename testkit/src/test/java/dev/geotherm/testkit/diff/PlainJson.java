package dev.geotherm.testkit.diff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.NegativeZero;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** JSON text in which numbers are texts: a mapper would change some of them. */
final class PlainJson {
    private static final int DEEPEST = 500;
    private static final String NUMBER = "#";
    private static final String TEXT = "'";

    /** Escapes what is not ASCII, also unpaired surrogates, which have no bytes. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private PlainJson() {}

    /**
     * Returns an exact value in the form that {@link #exact} reads.
     *
     * @throws DeltaException if it is nested too deeply, or has a name with an unpaired surrogate
     */
    static JsonNode written(JsonNode value) {
        return mapped(value, 0, scalar -> {
            if (scalar.isNumber()) {
                return TextNode.valueOf(NUMBER + digits(scalar));
            }
            return scalar.isTextual() ? TextNode.valueOf(TEXT + scalar.textValue()) : scalar;
        });
    }

    private static String digits(JsonNode number) {
        if (number.isFloat()) {
            return NumberOutput.toString(number.floatValue(), true);
        }
        // What JDK 17 writes is not always the shortest text of a double.
        boolean isDouble = number.isDouble() && !(number instanceof NegativeZero);
        return isDouble ? NumberOutput.toString(number.doubleValue(), true) : number.asText();
    }

    /** Returns the exact value of what {@link #written} returned. */
    static JsonNode exact(JsonNode written) {
        return mapped(written, 0, scalar -> {
            if (!scalar.isTextual()) {
                return scalar;
            }
            String text = scalar.textValue().substring(1);
            return scalar.textValue().startsWith(NUMBER) ? number(text) : TextNode.valueOf(text);
        });
    }

    private static JsonNode mapped(JsonNode value, int depth, Function<JsonNode, JsonNode> scalars) {
        if (depth > DEEPEST) {
            throw new DeltaException("a value is nested more than " + DEEPEST + " levels deep");
        } else if (value.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            value.properties()
                    .forEach(member ->
                            object.set(paired(member.getKey()), mapped(member.getValue(), depth + 1, scalars)));
            return object;
        } else if (value.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            value.forEach(element -> array.add(mapped(element, depth + 1, scalars)));
            return array;
        }
        return scalars.apply(value);
    }

    /** Refuses a name that parsers refuse. */
    private static String paired(String name) {
        if (!StandardCharsets.UTF_16.newEncoder().canEncode(name)) {
            throw new DeltaException("a member name has an unpaired surrogate");
        }
        return name;
    }

    private static JsonNode number(String text) {
        BigDecimal decimal = new BigDecimal(text);
        if (decimal.signum() == 0 && text.startsWith("-")) {
            return NegativeZero.of(decimal.scale());
        }
        return text.matches("-?\\d+")
                ? JsonNodeFactory.instance.numberNode(new BigInteger(text))
                : DecimalNode.valueOf(decimal);
    }

    static byte[] toBytes(JsonNode json) {
        try {
            return JSON.writeValueAsString(json).getBytes(StandardCharsets.US_ASCII);
        } catch (JsonProcessingException impossible) {
            throw new DeltaException("cannot be written: " + impossible.getMessage(), impossible);
        }
    }

    /** Reads bytes, and makes something of the JSON; whatever it throws is a {@link DeltaException}. */
    static <T> T read(byte[] bytes, String what, Function<JsonNode, T> reader) {
        try {
            return reader.apply(JSON.readTree(bytes).required(what));
        } catch (DeltaException told) {
            throw told;
        } catch (IOException | RuntimeException misfit) {
            throw new DeltaException("these bytes are no " + what + ": " + misfit.getMessage(), misfit);
        }
    }
}
