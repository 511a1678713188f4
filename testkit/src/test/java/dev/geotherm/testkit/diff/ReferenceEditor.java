package dev.geotherm.testkit.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import java.util.ArrayList;
import java.util.List;

/** An editor that applies edits as changes to a working state. */
class ReferenceEditor implements StateEditor {
    private JsonNode state;
    private final DifferLimits limits;
    private final List<Change> changes = new ArrayList<>();

    ReferenceEditor(JsonNode initial, DifferLimits limits) {
        state = initial;
        this.limits = limits.ignoring();
    }

    /** Refuses values that JSON cannot represent. */
    void check(Pointer path, JsonNode value) {
        int index = 0;
        if (value.isObject()) {
            value.properties().forEach(member -> check(path.child(member.getKey()), member.getValue()));
        } else if (value.isArray()) {
            for (JsonNode element : value) {
                check(path.child(index++), element);
            }
        } else if (value.isMissingNode()
                || value.isPojo()
                || value.isBinary()
                || (value.isNumber()
                        && (value.isDouble() || value.isFloat())
                        && !Double.isFinite(value.doubleValue()))) {
            throw new IllegalArgumentException("no JSON: " + value.asText() + " at '" + path + "'");
        }
    }

    List<Change> changes() {
        return changes;
    }

    JsonNode result() {
        return state;
    }

    private StateEditor make(Change change) {
        state = new StateDelta(List.of(change)).applyTo(state);
        changes.add(change);
        return this;
    }

    @Override
    public JsonNode get(Pointer path) {
        return path.in(state);
    }

    @Override
    public StateEditor set(Pointer path, JsonNode value) {
        check(path, value);
        JsonNode old = get(path);
        if (old != null) {
            return replace(path, old, value);
        } else if (path.isRoot() || !isObject(path.parent())) {
            throw new DeltaException("no object around " + path);
        }
        return make(Change.added(path, value));
    }

    private StateEditor replace(Pointer path, JsonNode old, JsonNode value) {
        if (!old.isTextual() || !value.isTextual()) {
            return make(Change.replaced(ChangeKind.ofReplacement(old, value), path, carried(old), value, 1));
        }
        for (Change found : new ReferenceComparison(limits).between(old, value).changes()) {
            make(new Change(found.kind(), path, null, found.before(), found.after(), found.splice(), 1));
        }
        return this;
    }

    private JsonNode carried(JsonNode gone) {
        return limits.shape().reversible() ? gone : null;
    }

    @Override
    public StateEditor insert(Pointer path, JsonNode value) {
        check(path, value);
        if (path.isRoot() || arraySize(path.parent()) < 0) {
            throw new DeltaException("no array around " + path);
        }
        return make(Change.added(resolved(path), value));
    }

    private boolean isObject(Pointer path) {
        JsonNode value = get(path);
        return value != null && value.isObject();
    }

    private Pointer resolved(Pointer path) {
        int size = path.token().equals("-") ? arraySize(path.parent()) : -1;
        return size < 0 ? path : path.parent().child(size);
    }

    @Override
    public StateEditor remove(Pointer path) {
        return make(Change.removed(path, carried(present(path))));
    }

    private JsonNode present(Pointer path) {
        JsonNode value = get(path);
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
        return isObject(place.parent()) ? set(place, value) : insert(place, value);
    }
}
