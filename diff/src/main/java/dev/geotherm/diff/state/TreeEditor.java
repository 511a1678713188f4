package dev.geotherm.diff.state;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.delta.TextSplice;
import dev.geotherm.diff.compare.ChangeOptions;
import dev.geotherm.diff.json.JsonValidator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The editor of one commit. It applies each edit immediately to an {@link EditCursor} and records it as a change. */
final class TreeEditor implements StateEditor {
    private static final String APPEND = "-";

    private final EditCursor cursor;
    private final ChangeOptions options;
    private final HashRegister first = new HashRegister();
    private final HashRegister second = new HashRegister();
    private final List<Change> changes = new ArrayList<>();
    private long weight;
    private boolean open = true;

    TreeEditor(Object root) {
        this(root, ChangeOptions.IN_FULL);
    }

    TreeEditor(Object root, ChangeOptions options) {
        cursor = new EditCursor(root);
        this.options = options;
    }

    @Override
    public @Nullable JsonNode get(Pointer path) {
        requireOpen();
        Object found = HashedContainer.find(cursor.root(), path);
        return found == null ? null : HashedContainer.json(found);
    }

    @Override
    public int arraySize(Pointer path) {
        requireOpen();
        Object found = HashedContainer.find(cursor.root(), path);
        if (found instanceof PersistentContainer branch) {
            return branch instanceof PersistentArray array ? array.size() : -1;
        }
        JsonNode json = found == null ? null : HashedContainer.json(found);
        return json != null && json.isArray() ? json.size() : -1;
    }

    @Override
    public StateEditor set(Pointer path, JsonNode value) {
        requireOpen();
        Object fresh = measured(path, value);
        Object old = cursor.seek(path);
        if (old != null) {
            replace(path, old, fresh);
        } else if (container(path) instanceof PersistentObject) {
            JsonValidator.refuseName(path);
            cursor.add(path, fresh, second);
            keep(Change.added(path, value));
        } else {
            throw new DeltaException("cannot set '" + path + "': " + why(path));
        }
        return this;
    }

    @Override
    public StateEditor insert(Pointer path, JsonNode value) {
        requireOpen();
        Object fresh = measured(path, value);
        if (!(container(path) instanceof PersistentArray array)) {
            throw new DeltaException("cannot insert at '" + path + "': its parent is not an array; use set");
        }
        Pointer place = resolve(path, array);
        if (place.index() < 0 || place.index() > array.size()) {
            throw new DeltaException("cannot insert at '" + path + "': it is not a valid index in an array of "
                    + array.size() + " elements");
        }
        cursor.add(place, fresh, second);
        keep(Change.added(place, value));
        return this;
    }

    /** Converts an incoming value to a value of the state, and stores its measure in {@code second}. */
    private Object measured(Pointer path, JsonNode value) {
        second.suspect = false;
        Object fresh = HashedContainer.of(value, second);
        if (second.suspect) {
            JsonValidator.refuse(path, value);
        }
        return fresh;
    }

    @Override
    public StateEditor remove(Pointer path) {
        requireOpen();
        keep(removed(path, take(path, present(path, "remove"))));
        return this;
    }

    @Override
    public StateEditor move(Pointer from, Pointer path) {
        requireOpen();
        JsonValidator.refuseName(path);
        Object value = present(from, "move");
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
            give(from, value);
            throw misfit;
        }
        return this;
    }

    private void land(Pointer from, Pointer path, Object value) {
        PersistentContainer parent = container(path);
        Pointer place = parent instanceof PersistentArray array ? resolve(path, array) : path;
        boolean fits = parent instanceof PersistentObject
                || (parent instanceof PersistentArray array && place.index() >= 0 && place.index() <= array.size());
        if (!fits) {
            throw new DeltaException("cannot move '" + from + "' to '" + path + "': " + why(path));
        }
        Object old = parent instanceof PersistentObject ? cursor.seek(place) : null;
        if (old == null) {
            give(place, value);
            keep(Change.moved(from, place));
        } else {
            keep(removed(from, value));
            second.take(value);
            replace(place, old, value);
        }
    }

    private Change removed(Pointer path, Object old) {
        return Change.removed(path, options.reversible() ? HashedContainer.json(old) : null);
    }

    /**
     * Applies an existing change; recorded old values are not compared with the actual ones.
     *
     * @throws DeltaException if there is no value at its path, or the new value cannot be added there
     */
    void replay(Change change) {
        Pointer path = change.path();
        JsonNode after = change.after();
        switch (change.kind()) {
            case ADDED -> {
                requirePlace(path);
                cursor.add(path, HashedContainer.of(requireNonNull(after), second), second);
            }
            case REMOVED -> take(path, present(path, "remove"));
            case MOVED -> {
                Pointer from = requireNonNull(change.from());
                if (from.contains(path) && !from.equals(path)) {
                    throw new DeltaException("cannot move '" + from + "' into itself");
                }
                Object value = take(from, present(from, "move"));
                requirePlace(path);
                give(path, value);
            }
            case TEXT_SPLICED -> {
                Object old = present(path, "edit");
                exchange(
                        path,
                        old,
                        HashedContainer.of(
                                spliced(path, HashedContainer.json(old), requireNonNull(change.splice())), second));
            }
            default -> {
                Object old = present(path, "replace");
                exchange(path, old, HashedContainer.of(requireNonNull(after), second));
            }
        }
        keep(change);
    }

    private static JsonNode spliced(Pointer path, JsonNode old, TextSplice splice) {
        String text = old.textValue();
        if (text == null || !splice.fits(text)) {
            throw new DeltaException("cannot edit '" + path + "': there is no text of that length");
        }
        return TextNode.valueOf(splice.in(text));
    }

    private void requirePlace(Pointer path) {
        PersistentContainer parent = container(path);
        boolean fits = parent instanceof PersistentArray array
                ? path.index() >= 0 && path.index() <= array.size()
                : parent != null && parent.child(path) == null;
        if (!fits) {
            throw new DeltaException("cannot add '" + path + "': it is not a valid position, or already has a value");
        }
    }

    /** Returns the changes, or an empty delta if they cancel out. */
    StateDelta delta() {
        return cursor.isAsBefore() ? StateDelta.empty() : new StateDelta(changes);
    }

    /** Returns the approximate memory of the changes in bytes. */
    long weight() {
        return weight;
    }

    /** Ends the edits and returns the state after them. */
    Object close() {
        open = false;
        return cursor.root();
    }

    private void replace(Pointer path, Object old, Object fresh) {
        if (exchange(path, old, fresh)) {
            keep(options.replaced(path, HashedContainer.json(old), HashedContainer.json(fresh)));
        }
    }

    /** Replaces a value by another, with the measure in {@code second}; returns whether they differ. */
    private boolean exchange(Pointer path, Object old, Object fresh) {
        first.take(old);
        if (first.sameHash(second)) {
            return false;
        }
        cursor.exchange(path, fresh, first, second);
        return true;
    }

    private void give(Pointer path, Object value) {
        second.take(value);
        cursor.add(path, value, second);
    }

    private Object take(Pointer path, Object old) {
        if (path.isRoot()) {
            throw new DeltaException("the root cannot be removed or moved; set it to another value");
        }
        first.take(old);
        cursor.remove(path, first);
        return old;
    }

    /**
     * Records the change that was just applied; {@code first} and {@code second} contain the measures of its values.
     */
    private void keep(Change change) {
        Pointer path = change.path();
        TextSplice splice = change.splice();
        weight += 64 + 32L * path.depth() + 2L * path.token().length();
        if (splice != null) {
            weight += 2L * (splice.text().length() + (change.before() == null ? 0 : splice.length()));
        } else {
            weight += (change.before() == null ? 0 : first.weight) + (change.after() == null ? 0 : second.weight);
        }
        changes.add(change);
    }

    /** Returns the parent container of a path, ready to be modified, or null if the parent is not a container. */
    private @Nullable PersistentContainer container(Pointer path) {
        Pointer parent = path.parent();
        return parent == null ? null : cursor.open(parent);
    }

    private Object present(Pointer path, String edit) {
        Object value = cursor.seek(path);
        if (value == null) {
            throw new DeltaException("cannot " + edit + " '" + path + "': there is no value");
        }
        return value;
    }

    private static Pointer resolve(Pointer path, PersistentArray array) {
        return path.token().equals(APPEND) ? requireNonNull(path.parent()).child(array.size()) : path;
    }

    private String why(Pointer path) {
        return container(path) instanceof PersistentArray array
                ? "the array has " + array.size() + " elements"
                : "its parent is neither an object nor an array";
    }

    private void requireOpen() {
        if (!open) {
            throw new IllegalStateException("an editor is only valid during the call of edit that it was passed to");
        }
    }
}
