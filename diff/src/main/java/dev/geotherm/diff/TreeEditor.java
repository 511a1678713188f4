package dev.geotherm.diff;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.api.diff.Change;
import dev.geotherm.api.diff.ChangeKind;
import dev.geotherm.api.diff.DeltaException;
import dev.geotherm.api.diff.Fingerprint;
import dev.geotherm.api.diff.JsonEquality;
import dev.geotherm.api.diff.Pointer;
import dev.geotherm.api.diff.StateDelta;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.api.diff.WorkingState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The edits of one commit, made at once in the working state, with what is needed to take them back. */
final class TreeEditor implements StateEditor {
    private static final String APPEND = "-";

    private final WorkingState state;
    private final StateHash hash;
    private final Fingerprint before;
    private final List<Change> changes = new ArrayList<>();
    private boolean open = true;

    TreeEditor(WorkingState state, StateHash hash) {
        this.state = state;
        this.hash = hash;
        this.before = hash.toFingerprint();
    }

    @Override
    public @Nullable JsonNode get(Pointer path) {
        requireOpen();
        return state.get(path);
    }

    @Override
    public StateEditor set(Pointer path, JsonNode value) {
        requireOpen();
        requireValue(value);
        JsonNode old = state.get(path);
        if (old != null) {
            replace(path, old, value);
        } else if (path.parent() != null && state.isObject(path.parent())) {
            put(path, value);
            changes.add(Change.added(path, value));
        } else {
            throw new DeltaException("cannot set '" + path + "': " + why(path));
        }
        return this;
    }

    @Override
    public StateEditor insert(Pointer path, JsonNode value) {
        requireOpen();
        requireValue(value);
        Pointer parent = path.parent();
        int size = parent == null ? -1 : state.arraySize(parent);
        if (size < 0) {
            throw new DeltaException("cannot insert at '" + path + "': its parent is no array; use set");
        }
        Pointer place = resolve(path);
        if (place.index() < 0 || place.index() > size) {
            throw new DeltaException(
                    "cannot insert at '" + path + "': it is no place in an array of " + size + " elements");
        }
        put(place, value);
        changes.add(Change.added(place, value));
        return this;
    }

    @Override
    public StateEditor remove(Pointer path) {
        requireOpen();
        if (path.isRoot()) {
            throw new DeltaException("cannot remove the root; set it to another value");
        }
        JsonNode old = present(path, "remove");
        take(path, old);
        changes.add(Change.removed(path, old));
        return this;
    }

    @Override
    public StateEditor move(Pointer from, Pointer path) {
        requireOpen();
        JsonNode value = present(from, "move");
        if (path.isRoot() || (from.contains(path) && !from.equals(path))) {
            throw new DeltaException("cannot move '" + from + "' to '" + path + "': it lies inside, or is the root");
        }
        if (from.equals(path)) {
            return this;
        }
        take(from, value);
        try {
            land(from, path, value);
        } catch (DeltaException misfit) {
            put(from, value);
            throw misfit;
        }
        return this;
    }

    private void land(Pointer from, Pointer path, JsonNode value) {
        Pointer parent = requireNonNull(path.parent());
        Pointer place = resolve(path);
        int size = state.arraySize(parent);
        boolean isObject = state.isObject(parent);
        if (!isObject && (place.index() < 0 || place.index() > size)) {
            throw new DeltaException("cannot move '" + from + "' to '" + path + "': " + why(path));
        }
        JsonNode old = isObject ? state.get(place) : null;
        if (old == null) {
            put(place, value);
            changes.add(Change.moved(from, place));
        } else {
            changes.add(Change.removed(from, value));
            replace(place, old, value);
        }
    }

    /** Makes a change that was found by comparison. */
    void replay(Change change) {
        JsonNode after = change.after();
        switch (change.kind()) {
            case ADDED -> put(change.path(), requireNonNull(after));
            case REMOVED -> take(change.path(), requireNonNull(change.before()));
            case MOVED -> {
                JsonNode value = present(requireNonNull(change.from()), "move");
                take(requireNonNull(change.from()), value);
                put(change.path(), value);
            }
            case TEXT_SPLICED -> {
                JsonNode old = present(change.path(), "edit");
                String text = requireNonNull(change.splice()).in(old.textValue());
                exchange(change.path(), old, TextNode.valueOf(text));
            }
            default -> exchange(change.path(), requireNonNull(change.before()), requireNonNull(after));
        }
        changes.add(change);
    }

    /** Returns what was done, or an empty delta if it all cancels out. */
    StateDelta delta() {
        return hash.toFingerprint().equals(before) ? StateDelta.empty() : new StateDelta(changes);
    }

    void close() {
        open = false;
    }

    /** Takes everything back. */
    void undo() {
        for (Change change : new StateDelta(changes).invert().changes()) {
            state.apply(change);
        }
        hash.reset(before);
    }

    private void replace(Pointer path, JsonNode old, JsonNode value) {
        if (!JsonEquality.same(old, value)) {
            exchange(path, old, value);
            changes.add(
                    Change.replaced(ChangeKind.ofReplacement(old, value), path, old, value, Magnitude.of(old, value)));
        }
    }

    private void exchange(Pointer path, JsonNode old, JsonNode value) {
        state.apply(Change.replaced(ChangeKind.ofReplacement(old, value), path, null, value, 1));
        hash.subtract(path, old);
        hash.add(path, value);
    }

    private void put(Pointer path, JsonNode value) {
        shiftBehind(path, path.index(), 1);
        state.apply(Change.added(path, value));
        hash.add(path, value);
    }

    private void take(Pointer path, JsonNode old) {
        shiftBehind(path, path.index() + 1, -1);
        state.apply(Change.removed(path, null));
        hash.subtract(path, old);
    }

    private void shiftBehind(Pointer path, int first, int by) {
        Pointer parent = path.parent();
        if (parent != null && first < state.arraySize(parent)) {
            hash.shift(parent, requireNonNull(state.get(parent)), first, by);
        }
    }

    private Pointer resolve(Pointer path) {
        Pointer parent = requireNonNull(path.parent());
        int size = path.token().equals(APPEND) ? state.arraySize(parent) : -1;
        return size < 0 ? path : parent.child(size);
    }

    private JsonNode present(Pointer path, String edit) {
        JsonNode value = state.get(path);
        if (value == null) {
            throw new DeltaException("cannot " + edit + " '" + path + "': there is nothing");
        }
        return value;
    }

    private String why(Pointer path) {
        Pointer parent = path.parent();
        int size = parent == null ? -1 : state.arraySize(parent);
        return size < 0 ? "its parent is no object and no array" : "the array has " + size + " elements";
    }

    private void requireOpen() {
        if (!open) {
            throw new IllegalStateException("an editor is for the call of edit that it was given to");
        }
    }

    private static void requireValue(JsonNode value) {
        if (value.isMissingNode()) {
            throw new IllegalArgumentException("a missing node is no value; use remove");
        }
    }
}
