package dev.geotherm.api.diff;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

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
        Pointer from = change.from();
        JsonNode after = change.after();
        return switch (change.kind()) {
            case ADDED -> Change.removed(change.path(), after);
            case REMOVED -> Change.added(change.path(), before(change, number));
            case TEXT_SPLICED -> unsplice(change, requireNonNull(change.splice()), before(change, number));
            case MOVED -> Change.moved(change.path(), from == null ? Pointer.ROOT : from);
            default ->
                new Change(
                        change.kind(),
                        change.path(),
                        null,
                        /* before= */ after,
                        /* after= */ before(change, number),
                        change.magnitude());
        };
    }

    private static Change unsplice(Change change, TextSplice splice, JsonNode piece) {
        TextSplice back = new TextSplice(splice.start(), splice.text().length(), piece.textValue());
        return Change.spliced(change.path(), TextNode.valueOf(splice.text()), back, change.magnitude());
    }

    private static JsonNode before(Change change, int number) {
        if (change.before() == null) {
            throw new DeltaException("change " + number + " (" + change.kind() + " at '" + change.path()
                    + "') does not carry the value that it takes away, so it cannot be undone");
        }
        return change.before();
    }
}
