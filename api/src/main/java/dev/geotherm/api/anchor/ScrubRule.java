package dev.geotherm.api.anchor;

import java.util.List;

/**
 * A rule that finds one kind of personal data in texts. A {@link ScrubRuleFactory} creates it.
 *
 * <p>Thread-safe. The result depends on the text alone: the same text always has the same items, even
 * after a restart.
 */
public interface ScrubRule {

    /**
     * Returns the items of personal data in a text.
     *
     * <p>Variants of digits, spaces, hyphens and signs are already replaced by ASCII characters, so that a pattern need
     * not list them. Invisible characters, such as soft hyphens and joiners, are left out; a text that contained some
     * is searched a second time with a space or hyphen in place of those next to digits. Offsets refer to the given
     * text. Items of earlier rules are already replaced by marks, such as {@code [email]}; a rule must find nothing in
     * a mark.
     *
     * <p>Search the sequence itself ({@code pattern.matcher(text)}) rather than its {@code toString()}: the sequence
     * stops a search that reads far more characters than it has, as a pattern with unbounded backtracking does.
     *
     * @param text the text, of any length
     * @return the items in the order of their offsets, neither empty nor overlapping; an empty list if there are none
     */
    List<Item> find(CharSequence text);

    /**
     * Returns the canonical form of an item, from which its pseudonym is derived: the same for all ways to write the
     * same thing, such as with and without spaces. By default the item itself.
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
