package dev.geotherm.delta;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mutable state: changes are applied one at a time, and values can be read in between. {@link StateDelta#applyTo}
 * applies a whole delta.
 *
 * <p>The first change inside a container copies it; later changes do not. The initial state, values returned by {@link
 * #share} and {@link #get}, and the values of changes are never modified. A state created by {@link #inPlace} modifies
 * its own containers instead of copying them. Every container is either shared, or owned together with all its
 * ancestors. The cost of a change depends on the steps of its path that differ from those of the previous one. For use
 * by one thread at a time.
 */
public final class WorkingState {
    private static final int STEPS = 16;

    /** Owned containers, which may be modified; if in place, foreign containers, which may not. */
    private final IdentitySet marked;

    private final boolean inPlace;
    private JsonNode root;
    private boolean undoing;

    /** The path of the container that was changed last: its steps, and the container at each step below the root. */
    private Pointer[] steps = new Pointer[STEPS];

    private JsonNode[] containers = new JsonNode[STEPS];

    /** The originals of the root and these containers if they were copied on this path, otherwise null. */
    private @Nullable JsonNode[] origins = new JsonNode[STEPS + 1];

    private int known = -1;

    private WorkingState(JsonNode root, boolean inPlace) {
        this.root = requireNonNull(root, "root");
        marked = new IdentitySet();
        this.inPlace = inPlace;
    }

    /** Creates a state that starts as the given one, which must not be modified afterwards. */
    public WorkingState(JsonNode root) {
        this(root, false);
    }

    /** Returns a state that modifies the given one in place; the caller must have exclusive use of it. */
    static WorkingState inPlace(JsonNode root) {
        return new WorkingState(root, true);
    }

    /** Returns the current state; later changes do not affect the returned value, except in place. */
    public JsonNode share() {
        if (!inPlace) {
            marked.clear();
            known = -1;
        }
        return root;
    }

    /**
     * Starts a rollback: values that are set from now on were in the state before, so they may be modified in place.
     */
    void undoing() {
        undoing = true;
    }

    /**
     * Returns the current value at the path, or null if the path does not exist; later changes do not affect the
     * returned value.
     */
    public @Nullable JsonNode get(Pointer path) {
        JsonNode value = path.in(root);
        if (value != null) {
            release(value);
        }
        return value;
    }

    /**
     * Returns the value at the path, or null if the path does not exist; later changes may modify it. Takes time
     * proportional to the length of the path.
     */
    public @Nullable JsonNode look(Pointer path) {
        return path.in(root);
    }

    /** Returns whether there is a value at the path. */
    boolean has(Pointer path) {
        return path.in(root) != null;
    }

    /** Returns whether there is an object at the path. */
    boolean isObject(Pointer path) {
        return path.in(root) instanceof ObjectNode;
    }

    /** Returns the number of elements of the array at the path, or -1 if it is not an array. */
    int arraySize(Pointer path) {
        return path.in(root) instanceof ArrayNode array ? array.size() : -1;
    }

    /**
     * Applies one change; if it does not apply, nothing changes.
     *
     * @throws DeltaException if the change does not apply; the message says why
     */
    public void apply(Change change) {
        switch (change.kind()) {
            case ADDED -> add(change.path(), present(change.after()), true);
            case REMOVED -> remove(change.path(), change.before());
            case MOVED -> move(present(change.from()), change.path());
            case TEXT_SPLICED -> splice(change.path(), present(change.splice()), change.before());
            default -> replace(change.path(), change.before(), present(change.after()));
        }
    }

    /**
     * Applies one change of a delta; if it does not apply, nothing changes.
     *
     * @param number the number of the change in the delta, for the message
     * @throws DeltaException if the change does not apply; the message names the change and says why
     */
    public void apply(Change change, int number) {
        try {
            apply(change);
        } catch (DeltaException misfit) {
            throw new DeltaException(
                    "change " + number + " (" + change.kind() + " at '"
                            + change.path().brief() + "'): " + misfit.getMessage(),
                    misfit);
        }
    }

    private void splice(Pointer path, TextSplice splice, @Nullable JsonNode piece) {
        JsonNode found = found(path.in(root));
        String text = found.textValue();
        if (text == null || !splice.fits(text)) {
            throw new DeltaException("expected to find a text of at least " + splice.end()
                    + " UTF-16 units there, found " + (text == null ? Excerpt.of(found) : "one of " + text.length()));
        }
        if (piece != null && !text.startsWith(piece.textValue(), splice.start())) {
            throw new DeltaException("expected to find " + Excerpt.of(piece) + " at " + splice.start()
                    + " of the text, found " + Excerpt.of(TextNode.valueOf(splice.removedFrom(text))));
        }
        replace(path, null, TextNode.valueOf(splice.in(text)));
    }

    private static void expect(@Nullable JsonNode expected, JsonNode found) {
        if (expected != null && !JsonEquality.ofOneText(expected, found)) {
            throw new DeltaException("expected to find " + Excerpt.of(expected) + " there, found " + Excerpt.of(found));
        }
    }

    private static <V> V present(@Nullable V value) {
        if (value == null) {
            throw new IllegalStateException("the change lacks a part that its kind requires");
        }
        return value;
    }

    private void move(Pointer from, Pointer path) {
        JsonNode value = found(from.in(root));
        if (from.equals(path)) {
            return;
        }
        if (from.contains(path)) {
            throw new DeltaException("a value cannot move into itself");
        }
        remove(from, null);
        try {
            add(path, value, false);
        } catch (DeltaException misfit) {
            add(from, value, false);
            throw misfit;
        }
    }

    private void add(Pointer path, JsonNode value, boolean foreign) {
        Pointer parent = path.parent();
        if (parent == null) {
            if (!root.isMissingNode()) {
                throw new DeltaException("the state already has a root");
            }
            root = value;
            known = -1;
        } else if (own(parent) instanceof ObjectNode object) {
            if (object.has(path.token())) {
                throw new DeltaException("a member with this name already exists");
            }
            object.set(path.token(), value);
        } else {
            ArrayNode array = (ArrayNode) container();
            int index = path.index();
            if (index < 0 || index > array.size()) {
                throw new DeltaException("'" + Excerpt.of(path.token()) + "' is not a valid index in an array of "
                        + array.size() + " elements");
            }
            array.insert(index, value);
        }
        if (foreign) {
            markForeign(value);
        }
    }

    private void remove(Pointer path, @Nullable JsonNode expected) {
        Pointer parent = path.parent();
        JsonNode old;
        if (parent == null) {
            old = found(root);
            expect(expected, old);
            root = MissingNode.getInstance();
            known = -1;
        } else {
            JsonNode container = own(parent);
            old = found(child(container, path));
            expect(expected, old);
            if (container instanceof ObjectNode object) {
                object.remove(path.token());
            } else {
                ((ArrayNode) container).remove(path.index());
            }
        }
        releaseRemoved(old, path);
    }

    private void replace(Pointer path, @Nullable JsonNode expected, JsonNode value) {
        Pointer parent = path.parent();
        JsonNode old;
        if (parent == null) {
            old = found(root);
            expect(expected, old);
            root = value;
            known = -1;
        } else {
            JsonNode container = own(parent);
            old = found(child(container, path));
            expect(expected, old);
            put(container, path, value);
        }
        releaseRemoved(old, path);
        markForeign(value);
    }

    /** Marks an incoming value as foreign, if the state is modified in place. */
    private void markForeign(JsonNode value) {
        if (inPlace && !undoing && value.isContainerNode()) {
            marked.add(value);
        }
    }

    private void releaseRemoved(JsonNode value, Pointer path) {
        if (!inPlace && value.isContainerNode() && (path.isRoot() || !isFrom(origins[known], path, value))) {
            release(value);
        }
    }

    /**
     * Returns whether a value is certainly not owned, without a lookup in {@code marked}: the original of its container
     * has it at the same position.
     */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isFrom(@Nullable JsonNode origin, Pointer step, JsonNode value) {
        return origin != null && child(origin, step) == value;
    }

    /** Releases ownership of a value and everything inside it: from now on it is shared. */
    private void release(JsonNode value) {
        if (inPlace || !value.isContainerNode() || !marked.contains(value)) {
            return;
        }
        known = -1;
        Deque<JsonNode> open = new ArrayDeque<>();
        open.push(value);
        while (!open.isEmpty()) {
            JsonNode node = open.pop();
            if (node.isContainerNode() && marked.remove(node)) {
                node.forEach(open::push);
            }
        }
    }

    /** Returns the container that {@link #own} returned last. */
    private JsonNode container() {
        return known == 0 ? root : containers[known - 1];
    }

    /** Returns the container at the path; copies it and its ancestors unless they are owned already. */
    @SuppressWarnings("ReferenceEquality") // detects copies and steps that paths share
    private JsonNode own(Pointer path) {
        int depth = path.depth();
        int common = Math.min(depth, known);
        if (depth > steps.length) {
            steps = Arrays.copyOf(steps, Math.max(depth, 2 * steps.length));
            containers = Arrays.copyOf(containers, steps.length);
            origins = Arrays.copyOf(origins, steps.length + 1);
        }
        Pointer p = path;
        for (int i = depth - 1; i >= 0; i--) {
            if (i < common) {
                if (steps[i] == p) {
                    break;
                } else if (!steps[i].token().equals(p.token())) {
                    common = i;
                }
            }
            steps[i] = p;
            p = present(p.parent());
        }
        if (known < 0) {
            JsonNode before = root;
            root = owned(before, false);
            origins[0] = root == before || inPlace ? null : before;
            common = 0;
        }
        known = -1;
        JsonNode node = common == 0 ? root : containers[common - 1];
        for (int i = common; i < depth; i++) {
            JsonNode child = found(child(node, steps[i]));
            JsonNode mine = owned(child, isFrom(origins[i], steps[i], child));
            if (mine != child) {
                put(node, steps[i], mine);
            }
            containers[i] = mine;
            origins[i + 1] = mine == child || inPlace ? null : child;
            node = mine;
        }
        known = depth;
        return node;
    }

    private JsonNode owned(JsonNode node, boolean isShared) {
        if (!node.isContainerNode()) {
            throw new DeltaException("the path leads through " + Excerpt.of(node) + ", which is not a container");
        }
        if (!isShared && marked.contains(node) != inPlace) {
            return node;
        }
        JsonNode copy = copy(node);
        if (inPlace) {
            marked.remove(node);
            copy.forEach(this::markForeign);
        } else {
            marked.add(copy);
        }
        return copy;
    }

    private static JsonNode copy(JsonNode node) {
        if (node instanceof ObjectNode object) {
            Map<String, JsonNode> members = new LinkedHashMap<>(object.size() * 4 / 3 + 2);
            return new ObjectNode(JsonNodeFactory.instance, members).setAll(object);
        }
        return JsonNodeFactory.instance.arrayNode(node.size() + 1).addAll((ArrayNode) node);
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
        if (node == null || node.isMissingNode()) {
            throw new DeltaException("there is no value at this path");
        }
        return node;
    }
}
