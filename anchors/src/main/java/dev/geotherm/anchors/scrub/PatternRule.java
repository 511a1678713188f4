package dev.geotherm.anchors.scrub;

import dev.geotherm.api.anchor.ScrubRule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule with a pattern for candidates and a check of each candidate.
 *
 * @param kind the kind of personal data
 * @param needs the {@linkplain TextTraits traits} of which every text with a candidate has at least one
 * @param starts the possible starts of candidates
 * @param candidate the pattern of candidates in the {@link SearchForm} of a text; it must be bounded in length, with each
 *     part possessive or without alternatives, to keep backtracking short
 * @param check the check that determines the part of a candidate that is personal data, also in the search form
 * @param canonicalForm the function that maps all written forms of an item to the same text
 */
record PatternRule(
        String kind, int needs, Starts starts, Pattern candidate, Check check, UnaryOperator<String> canonicalForm)
        implements ScrubRule {

    /** A check of a candidate. */
    @FunctionalInterface
    interface Check {
        /** Returns the end of the personal data as an index into the text, or at most {@code start} if there is none. */
        int end(String text, int start, Matcher candidate);

        /** Returns the start of the personal data in an accepted candidate. */
        default int start(Matcher candidate) {
            return candidate.start();
        }
    }

    @Override
    public List<Item> find(CharSequence form) {
        String text = form.toString();
        Matcher matcher = candidate.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
        List<Item> items = new ArrayList<>();
        int start = starts.next(text, 0);
        while (start != Starts.NONE) {
            int from = start + 1; // another candidate may start inside a refused one
            if (matcher.region(start, text.length()).lookingAt()) {
                int end = check.end(text, start, matcher);
                if (end > start) {
                    items.add(new Item(check.start(matcher), end));
                    from = end;
                }
            }
            start = starts.next(text, from);
        }
        return items;
    }

    @Override
    public String canonical(String item) {
        return canonicalForm.apply(item);
    }
}
