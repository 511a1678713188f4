package dev.geotherm.testkit.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.Change;
import dev.geotherm.api.diff.ChangeKind;
import dev.geotherm.api.diff.DeltaException;
import dev.geotherm.api.diff.Pointer;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.api.diff.WorkingState;
import java.util.ArrayList;
import java.util.List;

/** Edits as changes of a working state. */
final class ReferenceEditor implements StateEditor {
    private final WorkingState state;
    private final List<Change> changes = new ArrayList<>();

    ReferenceEditor(JsonNode initial) {
        state = new WorkingState(initial);
    }

    List<Change> changes() {
        return changes;
    }

    JsonNode result() {
        return state.share();
    }

    private StateEditor make(Change change) {
        state.apply(change);
        changes.add(change);
        return this;
    }

    @Override
    public JsonNode get(Pointer path) {
        return state.get(path);
    }

    @Override
    public StateEditor set(Pointer path, JsonNode value) {
        JsonNode old = state.get(path);
        if (old != null) {
            return make(Change.replaced(ChangeKind.ofReplacement(old, value), path, old, value, 1));
        } else if (path.isRoot() || !state.isObject(path.parent())) {
            throw new DeltaException("no object around " + path);
        }
        return make(Change.added(path, value));
    }

    @Override
    public StateEditor insert(Pointer path, JsonNode value) {
        if (path.isRoot() || state.arraySize(path.parent()) < 0) {
            throw new DeltaException("no array around " + path);
        }
        return make(Change.added(resolved(path), value));
    }

    private Pointer resolved(Pointer path) {
        int size = path.token().equals("-") ? state.arraySize(path.parent()) : -1;
        return size < 0 ? path : path.parent().child(size);
    }

    @Override
    public StateEditor remove(Pointer path) {
        return make(Change.removed(path, present(path)));
    }

    private JsonNode present(Pointer path) {
        JsonNode value = state.get(path);
        if (value == null || path.isRoot()) {
            throw new DeltaException("nothing at " + path);
        }
        return value;
    }

    @Override
    public StateEditor move(Pointer from, Pointer path) {
        JsonNode value = present(from);
        if (from.equals(path)) {
            return this;
        } else if (path.isRoot() || from.contains(path)) {
            throw new DeltaException("no move to " + path);
        }
        remove(from);
        Pointer place = resolved(path);
        return state.isObject(place.parent()) ? set(place, value) : insert(place, value);
    }
}
