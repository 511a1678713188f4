package dev.geotherm.anchors.scrub;

import dev.geotherm.api.anchor.ScrubbedText;
import dev.geotherm.api.anchor.ScrubbedText.Replacement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rule for one kind of personal data: a pattern for candidates, and a check of each candidate.
 *
 * @param mark the replacement
 * @param needs the characters of which every candidate has one: {@link #DIGIT}, {@link #AT} or {@link #COLON}, or several
 * @param candidate the pattern of candidates in the {@link SearchForm} of a text; bounded in length, each part possessive or
 *     without alternatives, so that it never backtracks far
 * @param check determines how much of a candidate is personal data, also in the search form
 */
record ScrubRule(String mark, int needs, Pattern candidate, Check check) {
    static final int DIGIT = 1;
    /** An at sign, or a percent sign, which may begin an encoded one. */
    static final int AT = 2;

    static final int COLON = 4;

    /** The check of a candidate. */
    @FunctionalInterface
    interface Check {
        /** Returns the end of the personal data as an index into the text, or at most {@code start} if it is none. */
        int end(String text, int start, int end);
    }

    /** Returns which of the characters that rules need a text has, in its search form. */
    static int charactersOf(String form) {
        int present = 0;
        for (int i = 0; i < form.length() && present != (DIGIT | AT | COLON); i++) {
            char c = form.charAt(i);
            if (c >= '0' && c <= '9') {
                present |= DIGIT;
            } else if (c == '@' || c == '%') {
                present |= AT;
            } else if (c == ':') {
                present |= COLON;
            }
        }
        return present;
    }

    /** Replaces the personal data in a text in which other rules may have replaced some before. */
    ScrubbedText apply(ScrubbedText before) {
        String text = SearchForm.of(before.text());
        Matcher matcher = candidate.matcher(text);
        Edits edits = new Edits(before);
        int from = 0;
        while (from <= text.length() && matcher.find(from)) {
            int end = check.end(text, matcher.start(), matcher.end());
            if (end > matcher.start()) {
                edits.replace(matcher.start(), end);
                from = end;
            } else {
                // Another candidate may start inside of a refused one.
                from = matcher.start() + 1;
            }
        }
        return edits.result();
    }

    /** The replacements of this rule and, moved along, those of the rules before it. */
    private final class Edits {
        private final ScrubbedText before;
        private final StringBuilder kept = new StringBuilder();
        private final List<Replacement> all = new ArrayList<>();
        private int copied; // up to where the text before is in the text after
        private int next; // the first earlier replacement that is not in the list

        private Edits(ScrubbedText before) {
            this.before = before;
        }

        private void replace(int start, int end) {
            copy(start);
            while (next < before.replacements().size()
                    && before.replacements().get(next).start() < end) {
                next++; // it is a part of this item
            }
            int at = kept.length();
            kept.append(mark);
            all.add(new Replacement(at, kept.length(), before.toOriginal(start), before.toOriginal(end)));
            copied = end;
        }

        private void copy(int end) {
            int moved = kept.length() - copied;
            while (next < before.replacements().size()
                    && before.replacements().get(next).end() <= end) {
                Replacement earlier = before.replacements().get(next);
                all.add(new Replacement(
                        earlier.start() + moved,
                        earlier.end() + moved,
                        earlier.originalStart(),
                        earlier.originalEnd()));
                next++;
            }
            kept.append(before.text(), copied, end);
        }

        private ScrubbedText result() {
            if (copied == 0 && kept.length() == 0) {
                return before;
            }
            copy(before.text().length());
            return new ScrubbedText(kept.toString(), all);
        }
    }
}
