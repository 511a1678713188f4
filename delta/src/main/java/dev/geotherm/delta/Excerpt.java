package dev.geotherm.delta;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** An excerpt of a value for messages, of bounded length for values of any size and depth. */
final class Excerpt {
    private static final int LENGTH = 80;

    private Excerpt() {}

    /** Returns a text, shortened in the middle, with control characters and unpaired surrogates escaped. */
    static String of(String text) {
        String brief = text.length() <= 2 * LENGTH
                ? text
                : text.substring(0, LENGTH) + "[... " + (text.length() - 2 * LENGTH) + " more ...]"
                        + text.substring(text.length() - LENGTH);
        StringBuilder printable = new StringBuilder(brief.length());
        brief.codePoints().forEach(point -> {
            if (Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE) {
                printable.append(String.format("\\u%04x", point));
            } else {
                printable.appendCodePoint(point);
            }
        });
        return printable.toString();
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
