package dev.geotherm.diff.codec;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.NegativeZero;
import dev.geotherm.diff.json.JsonDigits;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A reader of one value, without recursion and without loss of digits. It refuses duplicate member names itself,
 * because the parser's own detection costs a set of names per object.
 */
final class JsonTreeReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int MAX_SHOWN = 40;

    private JsonTreeReader() {}

    /** Reads the value that begins at the current token, and leaves the parser at its end. */
    static JsonNode read(JsonParser json) throws IOException {
        JsonNode value = begin(json);
        Deque<JsonNode> open = new ArrayDeque<>();
        if (value.isContainerNode()) {
            open.push(value);
        }
        while (!open.isEmpty()) {
            JsonToken token = json.nextToken();
            if (token == JsonToken.END_OBJECT || token == JsonToken.END_ARRAY) {
                open.pop();
            } else if (token != JsonToken.FIELD_NAME) {
                JsonNode child = begin(json);
                if (open.peek() instanceof ObjectNode object) {
                    if (object.replace(json.currentName(), child) != null) {
                        throw new JsonParseException(
                                json, "Duplicate field '" + json.currentName() + "'", json.currentTokenLocation());
                    }
                } else if (open.peek() instanceof ArrayNode array) {
                    array.add(child);
                }
                if (child.isContainerNode()) {
                    open.push(child);
                }
            }
        }
        return value;
    }

    private static JsonNode begin(JsonParser json) throws IOException {
        JsonToken token = json.currentToken();
        if (token == null) {
            throw new DeltaException("there is no value");
        }
        return switch (token) {
            case START_OBJECT -> NODES.objectNode();
            case START_ARRAY -> NODES.arrayNode();
            case VALUE_STRING -> NODES.textNode(json.getText());
            case VALUE_NUMBER_INT -> whole(json);
            case VALUE_NUMBER_FLOAT -> fraction(json);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new DeltaException("expected a value, found " + token);
        };
    }

    private static JsonNode whole(JsonParser json) throws IOException {
        return switch (json.getNumberType()) {
            case INT -> {
                int value = json.getIntValue();
                yield value == 0 && json.getText().startsWith("-") ? NegativeZero.of(0) : NODES.numberNode(value);
            }
            case LONG -> NODES.numberNode(json.getLongValue());
            default -> NODES.numberNode(json.getBigIntegerValue());
        };
    }

    /** Returns a double if it is written with the same text, else a decimal, which keeps every digit. */
    private static JsonNode fraction(JsonParser json) throws IOException {
        String text = json.getText();
        double binary = Double.parseDouble(text);
        if (JsonDigits.of(binary).equals(text)) {
            return DoubleNode.valueOf(binary);
        }
        try {
            BigDecimal decimal = new BigDecimal(text);
            boolean isNegativeZero = decimal.signum() == 0 && text.startsWith("-");
            return isNegativeZero ? NegativeZero.of(decimal.scale()) : DecimalNode.valueOf(decimal);
        } catch (NumberFormatException tooFar) { // a decimal bounds the exponent, JSON does not
            String shown = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
            throw new JsonParseException(
                    json,
                    "the exponent of the number " + shown + " does not fit in 32 bits",
                    json.currentTokenLocation(),
                    tooFar);
        }
    }
}
