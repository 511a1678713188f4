package dev.geotherm.anchors.scrub;

import dev.geotherm.anchors.scrub.PersonalDataScrubber.Scrubbed;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One kind of personal data: where it may stand, and how to tell whether it does.
 *
 * @param mark what takes its place
 * @param candidate where it may stand; bounded in length, and each part possessive or free of choices
 * @param check how much of a candidate it is
 */
record ScrubRule(String mark, Pattern candidate, Check check) {

    /** Tells how much of a candidate is what is looked for. */
    @FunctionalInterface
    interface Check {
        /** Returns where the find ends, as an index into the text, or a number not above {@code start} if there is none. */
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
                // A candidate may begin inside of one that was none; its pattern says where.
                from = matcher.start() + 1;
            }
        }
        return finds == 0
                ? new Scrubbed(text, 0)
                : new Scrubbed(kept.append(text, copied, text.length()).toString(), finds);
    }
}
