package dev.geotherm.anchors.scrub;

import dev.geotherm.api.anchor.ScrubbedText;
import dev.geotherm.api.anchor.ScrubbedText.Replacement;
import java.util.ArrayList;
import java.util.List;

/** A list of the replacements in a text: those of one rule and, moved along, those of the rules before it. */
final class Edits {
    private final ScrubbedText before;
    private final StringBuilder kept = new StringBuilder();
    private final List<Replacement> all = new ArrayList<>();
    private int copied; // up to where the text before is in the text after
    private int next; // the first earlier replacement that is not in the list

    Edits(ScrubbedText before) {
        this.before = before;
    }

    /** Replaces an item, which lies behind those that were replaced before. */
    void replace(int start, int end, String mark) {
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
