package dev.geotherm.delta;

import static java.util.Objects.requireNonNull;

/**
 * A splice: the replacement of one range of a text.
 *
 * @param start where the piece begins, in UTF-16 units
 * @param length how many units go; 0 for an insertion
 * @param text what comes in their place; empty for a deletion
 */
public record TextSplice(int start, int length, String text) {

    /** Checks that the piece can be one of some text. */
    public TextSplice {
        requireNonNull(text, "text");
        if (start < 0 || length < 0 || start > Integer.MAX_VALUE - length) {
            throw new IllegalArgumentException(
                    "a piece of a text has a start and a length of at least 0, was " + length + " from " + start);
        }
    }

    /** Returns the end index of the removed text, exclusive. */
    public int end() {
        return start + length;
    }

    /** Returns whether a text is long enough to have the piece. */
    public boolean fits(String whole) {
        return end() <= whole.length();
    }

    /** Returns the text that the splice removes. */
    public String removedFrom(String whole) {
        return whole.substring(start, end());
    }

    /**
     * Returns the text with the piece exchanged.
     *
     * @throws StringIndexOutOfBoundsException if the text is too short
     */
    public String in(String whole) {
        return new StringBuilder(whole.length() - length + text.length())
                .append(whole, 0, start)
                .append(text)
                .append(whole, end(), whole.length())
                .toString();
    }
}
