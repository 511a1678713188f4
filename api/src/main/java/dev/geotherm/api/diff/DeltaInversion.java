package dev.geotherm.api.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns a delta around: the opposite of each change, last change first. */
final class DeltaInversion {
    private DeltaInversion() {}

    static StateDelta invert(StateDelta delta) {
        List<Change> undone = new ArrayList<>(delta.changes().size());
        for (int i = delta.changes().size() - 1; i >= 0; i--) {
            undone.add(invert(delta.changes().get(i), i));
        }
        return new StateDelta(undone);
    }

    private static Change invert(Change change, int number) {
        Change inverse = inverse(change);
        if (inverse == null) {
            throw new DeltaException("change " + number + " (" + change.kind() + " at '" + change.path()
                    + "') does not carry the value that it takes away, so it cannot be undone");
        }
        return inverse;
    }

    /** Returns the change that undoes another, or null if that does not carry the value that it takes away. */
    static @Nullable Change inverse(Change change) {
        JsonNode before = change.before();
        JsonNode after = change.after();
        if (change.kind() == ChangeKind.ADDED) {
            return Change.removed(change.path(), after);
        } else if (change.from() != null) {
            return Change.moved(change.path(), change.from());
        } else if (before == null) {
            return null;
        } else if (change.splice() != null) {
            return unsplice(change, change.splice(), before);
        } else if (after == null) {
            return Change.added(change.path(), before);
        }
        return new Change(
                change.kind(), change.path(), null, /* before= */ after, /* after= */ before, change.magnitude());
    }

    private static Change unsplice(Change change, TextSplice splice, JsonNode piece) {
        TextSplice back = new TextSplice(splice.start(), splice.text().length(), piece.textValue());
        return Change.spliced(change.path(), TextNode.valueOf(splice.text()), back, change.magnitude());
    }
}
