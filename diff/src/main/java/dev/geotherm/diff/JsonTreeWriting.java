package dev.geotherm.diff;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.DeltaException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;

/** Writes values so that {@link JsonTreeReading} reads the same ones; without recursion. */
final class JsonTreeWriting {
    private final JsonGenerator json;

    /** What is left of the open containers. */
    private final Deque<Iterator<?>> open = new ArrayDeque<>();

    JsonTreeWriting(JsonGenerator json) {
        this.json = json;
    }

    void write(JsonNode value) throws IOException {
        begin(value);
        while (!open.isEmpty()) {
            Iterator<?> rest = open.peek();
            if (!rest.hasNext()) {
                open.pop();
                if (json.getOutputContext().inObject()) {
                    json.writeEndObject();
                } else {
                    json.writeEndArray();
                }
            } else {
                writeNext(rest.next());
            }
        }
    }

    private void writeNext(Object next) throws IOException {
        if (next instanceof Map.Entry<?, ?> member) {
            writeName((String) member.getKey());
            begin((JsonNode) member.getValue());
        } else {
            begin((JsonNode) next);
        }
    }

    private void begin(JsonNode value) throws IOException {
        switch (value.getNodeType()) {
            case OBJECT -> {
                json.writeStartObject();
                open.push(value.properties().iterator());
            }
            case ARRAY -> {
                json.writeStartArray();
                open.push(value.iterator());
            }
            case STRING -> writeText(value.textValue());
            case NUMBER -> writeNumber(value);
            case BOOLEAN -> json.writeBoolean(value.booleanValue());
            case NULL -> json.writeNull();
            default ->
                throw new DeltaException("JSON has no " + value.getNodeType() + ", so such a value cannot be encoded");
        }
    }

    private void writeName(String name) throws IOException {
        if (hasHalfPair(name)) {
            throw new DeltaException(
                    "a member's name with half a surrogate pair cannot be encoded, as no reader of JSON"
                            + " takes it; a path with it can");
        }
        json.writeFieldName(name);
    }

    /** UTF-8 has no halves of surrogate pairs; a text with one is written with escapes. */
    void writeText(String text) throws IOException {
        json.setHighestNonEscapedChar(hasHalfPair(text) ? 127 : 0);
        json.writeString(text);
        json.setHighestNonEscapedChar(0);
    }

    private static boolean hasHalfPair(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private void writeNumber(JsonNode number) throws IOException {
        if (number.isIntegralNumber()) {
            BigInteger value = number.bigIntegerValue();
            // Below three bits a digit, so that the text is not made of what is too long.
            check(value.bitLength() / 4);
            json.writeNumber(check(value.toString()));
        } else if (number.isBigDecimal()) {
            BigDecimal value = number.decimalValue();
            check(value.unscaledValue().bitLength() / 4);
            // A decimal without a fraction gets an exponent, or it would be read as a whole number.
            json.writeNumber(check(value.scale() == 0 ? value + "E0" : value.toString()));
        } else {
            double value =
                    number.isFloat() ? Double.parseDouble(Float.toString(number.floatValue())) : number.doubleValue();
            if (!Double.isFinite(value)) {
                throw new DeltaException("JSON has no number " + value + ", so it cannot be encoded");
            }
            json.writeNumber(Double.toString(value));
        }
    }

    private static String check(String text) {
        check(text.length());
        return text;
    }

    private static void check(int digits) {
        if (digits > WireFormat.MOST_DIGITS) {
            throw new DeltaException("a number of " + digits + " digits or more cannot be encoded, "
                    + WireFormat.MOST_DIGITS + " is the most");
        }
    }
}
