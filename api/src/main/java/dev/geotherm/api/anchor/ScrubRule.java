package dev.geotherm.api.anchor;

import java.util.List;

/**
 * A rule that finds one kind of personal data in texts. A {@link ScrubRuleFactory} creates it.
 *
 * <p>Safe for use by many threads, and a function of the text alone: a text that is scrubbed today and one that is scrubbed
 * after a restart give the same.
 */
public interface ScrubRule {

    /**
     * Returns the items of personal data in a text.
     *
     * <p>The text has ASCII characters in place of variants of digits, spaces, hyphens and signs, so that a pattern needs no
     * variants. Invisible characters, such as soft hyphens and joiners, are left out; a text that has some is searched a second
     * time with a space or hyphen in place of those beside digits. Offsets are those of the given text. The items of
     * earlier rules are already replaced by marks, such as {@code [email]}; a rule must find nothing in a mark.
     *
     * <p>Search the sequence itself ({@code pattern.matcher(text)}) rather than its {@code toString()}: it ends a search that
     * reads much more than the text has, as a pattern does that backtracks without bounds.
     *
     * @param text the text, of any length
     * @return the items by their places, none of them empty, none overlapping another; an empty list if there are none
     */
    List<Item> find(CharSequence text);

    /**
     * Returns the form of an item of which its pseudonym is made: the same for all forms in which the same thing can be
     * written, such as with and without spaces. The item itself by default.
     */
    default String canonical(String item) {
        return item;
    }

    /**
     * An item of personal data.
     *
     * @param start its start in the text, in UTF-16 units
     * @param end its end, exclusive
     */
    record Item(int start, int end) {}
}
