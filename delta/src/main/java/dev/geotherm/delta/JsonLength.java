package dev.geotherm.delta;

import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The length of values as JSON in UTF-8 without white space, counted up to a limit. */
public final class JsonLength {
    /** Deeper values count as longer than any limit, which bounds the recursion. */
    private static final int MAX_LEVEL = 500;

    private final long limit;
    private long bytes;

    private JsonLength(long limit) {
        this.limit = limit;
    }

    /** Returns the length in bytes, or any number above the limit if the value is longer or hundreds of levels deep. */
    public static long of(JsonNode value, long limit) {
        JsonLength length = new JsonLength(limit);
        length.add(value, 0);
        return length.bytes;
    }

    /** Returns the length of a text with its quotes and escapes. */
    public static long of(String text) {
        boolean ascii = false; // a text with an unpaired surrogate is written with escapes only
        long bytes = 2;
        long escaped = 2;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                int one = c == '"' || c == '\\' ? 2 : c >= ' ' ? 1 : "\b\t\n\f\r".indexOf(c) >= 0 ? 2 : 6;
                bytes += one;
                escaped += one;
            } else if (!Character.isSurrogate(c)) {
                bytes += c < 0x800 ? 2 : 3;
                escaped += 6;
            } else {
                boolean pair = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
                ascii |= !pair;
                bytes += 4;
                escaped += pair ? 12 : 6;
                i += pair ? 1 : 0;
            }
        }
        return ascii ? escaped : bytes;
    }

    private void add(JsonNode value, int level) {
        if (value.isTextual()) {
            bytes += of(value.textValue());
        } else if (value.isContainerNode() && level == MAX_LEVEL) {
            bytes += limit;
            bytes = Math.max(bytes, limit + 1);
        } else if (value instanceof ObjectNode object) {
            bytes += object.isEmpty() ? 2 : 1;
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                bytes += of(member.getKey()) + 2;
                add(member.getValue(), level + 1);
                if (bytes > limit) {
                    return;
                }
            }
        } else if (value instanceof ArrayNode array) {
            bytes += array.isEmpty() ? 2 : 1;
            for (int i = 0; i < array.size() && bytes <= limit; i++) {
                bytes++;
                add(array.get(i), level + 1);
            }
        } else {
            bytes += scalar(value);
        }
    }

    private static int scalar(JsonNode value) {
        if (value.isInt() || value.isLong()) {
            return NumberOutput.toString(value.longValue()).length();
        } else if (value.isDouble()) {
            return NumberOutput.toString(value.doubleValue(), true).length();
        } else if (value.isBigDecimal()) {
            return value.decimalValue().toString().length();
        }
        return value.asText().length();
    }
}
