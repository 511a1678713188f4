package dev.geotherm.api.diff;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Values in messages: short whatever their size, and safe whatever their depth. */
final class Brief {
    private static final int LENGTH = 80;

    private Brief() {}

    /** Returns a text, cut in the middle. */
    static String of(String text) {
        return text.length() <= 2 * LENGTH
                ? text
                : text.substring(0, LENGTH) + "[... " + (text.length() - 2 * LENGTH) + " more ...]"
                        + text.substring(text.length() - LENGTH);
    }

    static String of(@Nullable JsonNode value) {
        if (value == null) {
            return "nothing";
        } else if (value.isContainerNode()) {
            return (value.isObject() ? "an object of " : "an array of ") + value.size();
        }
        String text = value.toString();
        return text.length() <= LENGTH ? text : text.substring(0, LENGTH - 3) + "...";
    }
}
