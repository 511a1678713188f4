package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.TextSplice;
import org.jspecify.annotations.Nullable;

/**
 * The options for the changes of comparisons and edits.
 *
 * @param spliceFrom the length from which a text is spliced if the splice is smaller; 0 for never
 * @param reversible whether changes record old values
 */
public record ChangeOptions(int spliceFrom, boolean reversible) {
    /** Replaces whole texts, and records old values. */
    public static final ChangeOptions IN_FULL = new ChangeOptions(0, true);

    /** The approximate size of a change without its values and the last step of its path. */
    static final int OVERHEAD = 24;

    /** Returns the old value that a change records, or null if it records none. */
    @Nullable
    JsonNode carried(JsonNode value) {
        return reversible ? value : null;
    }

    public Change replaced(Pointer path, JsonNode before, JsonNode after) {
        return before.isTextual() && after.isTextual()
                ? replacedText(path, before, after)
                : replacedAsAWhole(path, before, after, Magnitude.of(before, after));
    }

    private Change replacedText(Pointer path, JsonNode before, JsonNode after) {
        String a = before.textValue();
        String b = after.textValue();
        TextOverlap overlap = TextOverlap.of(a, b);
        double magnitude = overlap.magnitude(a, b);
        int saved = (reversible ? 2 : 1) * (overlap.head() + overlap.tail());
        if (spliceFrom == 0 || Math.min(a.length(), b.length()) < spliceFrom || saved <= OVERHEAD) {
            return replacedAsAWhole(path, before, after, magnitude);
        }
        int length = a.length() - overlap.head() - overlap.tail();
        String piece = b.substring(overlap.head(), b.length() - overlap.tail());
        TextSplice splice = new TextSplice(overlap.head(), length, piece);
        JsonNode gone = reversible ? TextNode.valueOf(splice.removedFrom(a)) : null;
        return Change.spliced(path, gone, splice, magnitude);
    }

    private Change replacedAsAWhole(Pointer path, JsonNode before, JsonNode after, double magnitude) {
        return Change.replaced(ChangeKind.ofReplacement(before, after), path, carried(before), after, magnitude);
    }
}
