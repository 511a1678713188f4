package dev.geotherm.anchors.scrub;

import dev.geotherm.anchors.scrub.PersonalDataScrubber.Scrubbed;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule for one kind of personal data: a pattern for candidates, and a check of each candidate.
 *
 * @param mark the replacement
 * @param candidate the pattern of candidates; bounded in length, each part possessive or without alternatives, so that
 *     it never backtracks far
 * @param check determines how much of a candidate is personal data
 */
record ScrubRule(String mark, Pattern candidate, Check check) {

    /** The check of a candidate. */
    @FunctionalInterface
    interface Check {
        /** Returns the end of the personal data as an index into the text, or at most {@code start} if it is none. */
        int end(String text, int start, int end);
    }

    Scrubbed apply(String text) {
        Matcher matcher = candidate.matcher(text);
        StringBuilder kept = new StringBuilder();
        int from = 0;
        int copied = 0;
        int finds = 0;
        while (from <= text.length() && matcher.find(from)) {
            int end = check.end(text, matcher.start(), matcher.end());
            if (end > matcher.start()) {
                kept.append(text, copied, matcher.start()).append(mark);
                copied = end;
                finds++;
                from = end;
            } else {
                // Another candidate may start inside of a refused one.
                from = matcher.start() + 1;
            }
        }
        return finds == 0
                ? new Scrubbed(text, 0)
                : new Scrubbed(kept.append(text, copied, text.length()).toString(), finds);
    }
}
