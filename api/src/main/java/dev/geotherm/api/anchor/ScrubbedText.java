package dev.geotherm.api.anchor;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A text without personal data, with the places where it differs from the original.
 *
 * @param text the text, with a mark in place of each item of personal data
 * @param replacements the replaced items, in the order of their offsets; they do not overlap
 */
public record ScrubbedText(String text, List<Replacement> replacements) {

    /** Copies the list. */
    public ScrubbedText {
        requireNonNull(text, "text");
        replacements = List.copyOf(replacements);
    }

    /**
     * A replaced item. All offsets are in UTF-16 units, ends exclusive.
     *
     * @param start the start of the mark in the scrubbed text
     * @param end its end
     * @param originalStart the start of the item in the original text
     * @param originalEnd its end
     */
    public record Replacement(int start, int end, int originalStart, int originalEnd) {}

    /** Returns a text in which nothing was replaced. */
    public static ScrubbedText unchanged(String text) {
        return new ScrubbedText(text, List.of());
    }

    /**
     * Returns the offset in the original text for an offset in this text; inside a mark, the start of the replaced
     * item.
     */
    public int toOriginal(int offset) {
        int before = lastStartingBefore(offset);
        if (before < 0) {
            return offset;
        }
        Replacement last = replacements.get(before);
        return offset < last.end() ? last.originalStart() : offset - last.end() + last.originalEnd();
    }

    /** Returns whether an offset is inside a mark, where the text must not be split. */
    public boolean isInsideMark(int offset) {
        int before = lastStartingBefore(offset);
        return before >= 0 && offset < replacements.get(before).end();
    }

    /** Returns the index of the last replacement that starts before an offset, or -1. */
    private int lastStartingBefore(int offset) {
        int low = 0;
        int high = replacements.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (replacements.get(middle).start() < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
