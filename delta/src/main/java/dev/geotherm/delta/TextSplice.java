package dev.geotherm.delta;

import static java.util.Objects.requireNonNull;

/**
 * A splice: the replacement of one range of a text.
 *
 * @param start the start of the range, in UTF-16 units
 * @param length the number of removed units; 0 for an insertion
 * @param text the inserted text; empty for a deletion
 */
public record TextSplice(int start, int length, String text) {

    /** Checks the range. */
    public TextSplice {
        requireNonNull(text, "text");
        if (start < 0 || length < 0 || start > Integer.MAX_VALUE - length) {
            throw new IllegalArgumentException(
                    "start and length of a splice must be at least 0, were " + start + " and " + length);
        }
    }

    /** Returns the end index of the removed text, exclusive. */
    public int end() {
        return start + length;
    }

    /** Returns whether a text contains the range. */
    public boolean fits(String whole) {
        return end() <= whole.length();
    }

    /** Returns the text that the splice removes. */
    public String removedFrom(String whole) {
        return whole.substring(start, end());
    }

    /**
     * Returns the text after the splice.
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
