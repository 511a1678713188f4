package dev.geotherm.anchors.scrub;

import dev.geotherm.api.anchor.ScrubbedText;
import dev.geotherm.api.anchor.ScrubbedText.Replacement;
import java.util.ArrayList;
import java.util.List;

/** The replacements in a text: those of one rule and, with adjusted positions, those of earlier rules. */
final class Edits {
    private final ScrubbedText before;
    private final StringBuilder kept = new StringBuilder();
    private final List<Replacement> all = new ArrayList<>();
    private int copied; // the end of the copied part of the text before
    private int next; // the first earlier replacement that is not in the list yet

    Edits(ScrubbedText before) {
        this.before = before;
    }

    /** Replaces an item, which must follow all items replaced so far. */
    void replace(int start, int end, String mark) {
        copy(start);
        while (next < before.replacements().size()
                && before.replacements().get(next).start() < end) {
            next++; // part of this item
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
                    earlier.start() + moved, earlier.end() + moved, earlier.originalStart(), earlier.originalEnd()));
            next++;
        }
        kept.append(before.text(), copied, end);
    }

    /** Returns the text after all replacements. */
    ScrubbedText result() {
        copy(before.text().length());
        return new ScrubbedText(kept.toString(), all);
    }
}
