package dev.geotherm.api.diff;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A state under change: the first change inside a container copies it, later ones change the copy.
 *
 * <p>What was passed in is never changed, nor is what {@link #share} and {@link #get} gave out. Every container is either
 * shared, or owned together with all those above it. For one thread at a time.
 */
public final class WorkingState {
    private final Set<JsonNode> owned = Collections.newSetFromMap(new IdentityHashMap<>());
    private JsonNode root;

    /** Starts from the given state, which must not be changed by others from now on. */
    public WorkingState(JsonNode root) {
        this.root = requireNonNull(root, "root");
    }

    /** Returns the state as it is now; later changes do not reach it. */
    public JsonNode share() {
        owned.clear();
        return root;
    }

    /** Returns the value at the path as it is now, or null if there is none; later changes do not reach it. */
    public @Nullable JsonNode get(Pointer path) {
        JsonNode value = path.in(root);
        if (value != null) {
            release(value);
        }
        return value;
    }

    /** Returns whether there is a value at the path. */
    public boolean has(Pointer path) {
        return path.in(root) != null;
    }

    /** Returns whether there is an object at the path. */
    public boolean isObject(Pointer path) {
        return path.in(root) instanceof ObjectNode;
    }

    /** Returns the number of elements of the array at the path, or -1 if there is none. */
    public int arraySize(Pointer path) {
        return path.in(root) instanceof ArrayNode array ? array.size() : -1;
    }

    /**
     * Applies one change; when it does not fit, nothing is changed.
     *
     * @throws DeltaException if the change does not fit; the message says why
     */
    public void apply(Change change) {
        switch (change.kind()) {
            case ADDED -> add(change.path(), present(change.after()));
            case REMOVED -> {
                expect(change);
                remove(change.path());
            }
            case MOVED -> move(present(change.from()), change.path());
            case TEXT_SPLICED -> splice(change.path(), present(change.splice()), change.before());
            default -> {
                expect(change);
                replace(change.path(), present(change.after()));
            }
        }
    }

    private void splice(Pointer path, TextSplice splice, @Nullable JsonNode piece) {
        JsonNode found = found(path.in(root));
        String text = found.textValue();
        if (text == null || !splice.fits(text)) {
            throw new DeltaException("expected to find a text of at least " + splice.end()
                    + " UTF-16 units there, found " + (text == null ? Brief.of(found) : "one of " + text.length()));
        }
        if (piece != null && !text.startsWith(piece.textValue(), splice.start())) {
            throw new DeltaException("expected to find " + Brief.of(piece) + " at " + splice.start()
                    + " of the text, found " + Brief.of(TextNode.valueOf(splice.removedFrom(text))));
        }
        replace(path, TextNode.valueOf(splice.in(text)));
    }

    private static <V> V present(@Nullable V value) {
        if (value == null) {
            throw new IllegalStateException("a change has what its kind calls for");
        }
        return value;
    }

    private void expect(Change change) {
        JsonNode found = found(change.path().in(root));
        JsonNode expected = change.before();
        if (expected != null && !JsonEquality.ofOneText(expected, found)) {
            throw new DeltaException("expected to find " + Brief.of(expected) + " there, found " + Brief.of(found));
        }
    }

    private void move(Pointer from, Pointer path) {
        JsonNode value = found(from.in(root));
        if (from.equals(path)) {
            return;
        }
        if (from.contains(path)) {
            throw new DeltaException("a value cannot move into itself");
        }
        remove(from);
        try {
            add(path, value);
        } catch (DeltaException misfit) {
            add(from, value);
            throw misfit;
        }
    }

    private void add(Pointer path, JsonNode value) {
        Pointer parent = path.parent();
        if (parent == null) {
            if (!root.isMissingNode()) {
                throw new DeltaException("there is a state already");
            }
            root = value;
            return;
        }
        JsonNode container = own(parent);
        if (container instanceof ObjectNode object) {
            if (object.has(path.token())) {
                throw new DeltaException("there is a member of this name already");
            }
            object.set(path.token(), value);
        } else {
            ArrayNode array = (ArrayNode) container;
            int index = path.index();
            if (index < 0 || index > array.size()) {
                throw new DeltaException("'" + path.token() + "' is no place in an array of " + array.size());
            }
            array.insert(index, value);
        }
    }

    private void remove(Pointer path) {
        Pointer parent = path.parent();
        JsonNode old;
        if (parent == null) {
            old = root;
            root = MissingNode.getInstance();
        } else {
            JsonNode container = own(parent);
            old = found(
                    container instanceof ObjectNode object
                            ? object.remove(path.token())
                            : ((ArrayNode) container).remove(path.index()));
        }
        release(old);
    }

    private void replace(Pointer path, JsonNode value) {
        Pointer parent = path.parent();
        JsonNode old;
        if (parent == null) {
            old = root;
            root = value;
        } else {
            JsonNode container = own(parent);
            old = found(child(container, path));
            put(container, path, value);
        }
        release(old);
    }

    /** Gives up the ownership of a value and of all that is in it: from now on it is somebody else's too. */
    private void release(JsonNode value) {
        Deque<JsonNode> open = new ArrayDeque<>();
        open.push(value);
        while (!open.isEmpty()) {
            JsonNode node = open.pop();
            if (node.isContainerNode() && owned.remove(node)) {
                node.forEach(open::push);
            }
        }
    }

    /** Returns the container at the path, copied together with all those above it unless they were before. */
    @SuppressWarnings("ReferenceEquality") // whether a copy was made
    private JsonNode own(Pointer path) {
        Pointer[] steps = new Pointer[path.depth()];
        for (Pointer p = path; p.parent() != null; p = p.parent()) {
            steps[p.depth() - 1] = p;
        }
        root = owned(root);
        JsonNode node = root;
        for (Pointer step : steps) {
            JsonNode child = found(child(node, step));
            JsonNode mine = owned(child);
            if (mine != child) {
                put(node, step, mine);
            }
            node = mine;
        }
        return node;
    }

    private JsonNode owned(JsonNode node) {
        if (owned.contains(node)) {
            return node;
        }
        JsonNode copy;
        if (node instanceof ObjectNode object) {
            copy = JsonNodeFactory.instance.objectNode().setAll(object);
        } else if (node instanceof ArrayNode array) {
            copy = JsonNodeFactory.instance.arrayNode(array.size() + 1).addAll(array);
        } else {
            throw new DeltaException("the path goes through " + Brief.of(node) + ", which is no object and no array");
        }
        owned.add(copy);
        return copy;
    }

    private static @Nullable JsonNode child(JsonNode container, Pointer step) {
        return container instanceof ObjectNode object ? object.get(step.token()) : container.get(step.index());
    }

    private static void put(JsonNode container, Pointer step, JsonNode value) {
        if (container instanceof ObjectNode object) {
            object.set(step.token(), value);
        } else {
            ((ArrayNode) container).set(step.index(), value);
        }
    }

    private static JsonNode found(@Nullable JsonNode node) {
        if (node == null) {
            throw new DeltaException("there is nothing at this path");
        }
        return node;
    }
}
