package dev.geotherm.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The inversion of a delta: the inverse of each change, last change first. */
final class DeltaInversion {
    private DeltaInversion() {}

    static StateDelta invert(StateDelta delta) {
        List<Change> undone = new ArrayList<>(delta.changes().size());
        for (int i = delta.changes().size() - 1; i >= 0; i--) {
            undone.addAll(invert(delta.changes().get(i), i));
        }
        return new StateDelta(undone);
    }

    private static List<Change> invert(Change change, int number) {
        List<Change> inverse = inverse(change);
        if (inverse == null) {
            throw new DeltaException("change " + number + " (" + change.kind() + " at '" + change.path()
                    + "') does not record the old value, so it cannot be undone");
        }
        return inverse;
    }

    /** Returns the changes that undo a change, or null if it does not record the old value. */
    static @Nullable List<Change> inverse(Change change) {
        JsonNode before = change.before();
        JsonNode after = change.after();
        if (change.kind() == ChangeKind.ADDED) {
            return List.of(Change.removed(change.path(), after));
        } else if (change.from() != null) {
            return unmove(change.from(), change.path());
        } else if (before == null) {
            return null;
        } else if (change.splice() != null) {
            return List.of(unsplice(change, change.splice(), before));
        } else if (after == null) {
            return List.of(Change.added(change.path(), before));
        }
        return List.of(new Change(
                change.kind(), change.path(), null, /* before= */ after, /* after= */ before, change.magnitude()));
    }

    /**
     * Returns the changes that undo a move. A value that moved out of an element to the position of that element cannot
     * move back directly, because the target path would lead through the value itself: it first moves to the index
     * after the element.
     */
    static List<Change> unmove(Pointer from, Pointer path) {
        Pointer array = path.parent();
        boolean cameOut = from.depth() > path.depth() && path.contains(from);
        if (!cameOut || array == null || path.index() < 0 || path.index() == Integer.MAX_VALUE) {
            return List.of(Change.moved(/* from= */ path, /* path= */ from));
        }
        Pointer behind = array.child(path.index() + 1);
        return List.of(Change.moved(path, behind), Change.moved(behind, /* path= */ from));
    }

    private static Change unsplice(Change change, TextSplice splice, JsonNode piece) {
        TextSplice back = new TextSplice(splice.start(), splice.text().length(), piece.textValue());
        return Change.spliced(change.path(), TextNode.valueOf(splice.text()), back, change.magnitude());
    }
}
