package dev.geotherm.anchors.scrub;

import dev.geotherm.api.anchor.ScrubRule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule that consists of a pattern for candidates, and a check of each candidate.
 *
 * @param kind the kind of personal data
 * @param needs the {@linkplain TextTraits traits} of which every text with a candidate has one
 * @param starts the places at which a candidate can start
 * @param candidate the pattern of candidates in the {@link SearchForm} of a text; bounded in length, each part possessive or
 *     without alternatives, so that it never backtracks far
 * @param check determines how much of a candidate is personal data, also in the search form
 * @param canonicalForm brings the forms in which an item can be written to the same text
 */
record PatternRule(
        String kind, int needs, Starts starts, Pattern candidate, Check check, UnaryOperator<String> canonicalForm)
        implements ScrubRule {

    /** The check of a candidate. */
    @FunctionalInterface
    interface Check {
        /** Returns the end of the personal data as an index into the text, or at most {@code start} if it is none. */
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
            int from = start + 1; // another candidate may start inside of a refused one
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
