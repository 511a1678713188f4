package dev.geotherm.delta;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An outline of a value: its JSON, truncated if it is long or deep; empty for numbers, which are rarely equal. */
final class ValueOutline {
    private static final int LENGTH = 240;
    private static final int LEVELS = 8;

    private final StringBuilder text = new StringBuilder();

    private ValueOutline() {}

    static String of(@Nullable JsonNode value) {
        if (value == null || value.isNumber()) {
            return "";
        }
        ValueOutline outline = new ValueOutline();
        outline.append(value, 0);
        return outline.text.toString();
    }

    private void append(JsonNode value, int level) {
        if (value.isTextual()) {
            String all = value.textValue();
            text.append('"').append(all, 0, Math.min(all.length(), LENGTH)).append('"');
        } else if (!value.isContainerNode()) {
            text.append(value.asText());
        } else if (level < LEVELS) {
            text.append(value.isObject() ? '{' : '[');
            Iterator<Map.Entry<String, JsonNode>> members = value.properties().iterator();
            Iterator<JsonNode> elements = value.elements();
            while (text.length() < LENGTH && elements.hasNext()) {
                if (members.hasNext()) {
                    text.append('"').append(members.next().getKey()).append("\":");
                }
                append(elements.next(), level + 1);
                if (elements.hasNext()) {
                    text.append(',');
                }
            }
            text.append(value.isObject() ? '}' : ']');
        }
    }
}
