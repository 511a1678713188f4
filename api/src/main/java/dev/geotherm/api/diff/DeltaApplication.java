package dev.geotherm.api.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One application of a delta to a state, by copying each container on the way to a change once.
 *
 * <p>Containers that were copied belong to the result and may be changed; all others are shared and may not.
 */
final class DeltaApplication {
    private final Set<JsonNode> copied = Collections.newSetFromMap(new IdentityHashMap<>());
    private JsonNode root;

    private DeltaApplication(JsonNode root) {
        this.root = root;
    }

    static JsonNode apply(StateDelta delta, JsonNode before) {
        DeltaApplication application = new DeltaApplication(before);
        for (int i = 0; i < delta.changes().size(); i++) {
            Change change = delta.changes().get(i);
            try {
                application.apply(change);
            } catch (DeltaException misfit) {
                throw new DeltaException(
                        "change " + i + " (" + change.kind() + " at '" + change.path() + "'): " + misfit.getMessage(),
                        misfit);
            }
        }
        return application.root;
    }

    private void apply(Change change) {
        switch (change.kind()) {
            case ADDED -> add(change.path(), present(change.after()), false);
            case REMOVED -> expect(change, remove(change.path()));
            case MOVED -> {
                Pointer from = present(change.from());
                if (from.contains(change.path()) && !from.equals(change.path())) {
                    throw new DeltaException("a value cannot move into itself");
                }
                add(change.path(), remove(from), true);
            }
            default -> expect(change, replace(change.path(), present(change.after())));
        }
    }

    private static <V> V present(@Nullable V value) {
        if (value == null) {
            throw new IllegalStateException("a change has what its kind calls for");
        }
        return value;
    }

    private static void expect(Change change, JsonNode found) {
        if (change.before() != null && !change.before().equals(found)) {
            throw new DeltaException("expected to find " + brief(change.before()) + " there, found " + brief(found));
        }
    }

    private void add(Pointer path, JsonNode value, boolean mayReplace) {
        if (path.isRoot()) {
            root = value;
            return;
        }
        JsonNode container = own(present(path.parent()));
        if (container instanceof ObjectNode object) {
            if (!mayReplace && object.has(path.token())) {
                throw new DeltaException("there is a member of this name already");
            }
            object.set(path.token(), value);
        } else {
            ArrayNode array = (ArrayNode) container;
            int index = path.token().equals("-") ? array.size() : path.index();
            if (index < 0 || index > array.size()) {
                throw new DeltaException("'" + path.token() + "' is no place in an array of " + array.size());
            }
            array.insert(index, value);
        }
    }

    private JsonNode remove(Pointer path) {
        if (path.isRoot()) {
            JsonNode old = root;
            root = JsonNodeFactory.instance.missingNode();
            return old;
        }
        JsonNode container = own(present(path.parent()));
        JsonNode old = container instanceof ObjectNode object
                ? object.remove(path.token())
                : ((ArrayNode) container).remove(path.index());
        return found(old);
    }

    private JsonNode replace(Pointer path, JsonNode value) {
        if (path.isRoot()) {
            JsonNode old = root;
            root = value;
            return old;
        }
        JsonNode container = own(present(path.parent()));
        JsonNode old = found(child(container, path));
        put(container, path, value);
        return old;
    }

    /** Returns the container at the path, copied together with all those above it unless they were before. */
    private JsonNode own(Pointer path) {
        Pointer[] steps = new Pointer[path.depth()];
        for (Pointer p = path; p.parent() != null; p = p.parent()) {
            steps[p.depth() - 1] = p;
        }
        root = owned(root);
        JsonNode node = root;
        for (Pointer step : steps) {
            JsonNode child = owned(found(child(node, step)));
            put(node, step, child);
            node = child;
        }
        return node;
    }

    private JsonNode owned(JsonNode node) {
        if (copied.contains(node)) {
            return node;
        }
        JsonNode copy;
        if (node instanceof ObjectNode object) {
            copy = JsonNodeFactory.instance.objectNode().setAll(object);
        } else if (node instanceof ArrayNode array) {
            copy = JsonNodeFactory.instance.arrayNode(array.size()).addAll(array);
        } else {
            throw new DeltaException("the path goes through " + brief(node) + ", which is no object and no array");
        }
        copied.add(copy);
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

    private static String brief(JsonNode node) {
        String text = node.isContainerNode() ? node.getNodeType() + " of " + node.size() : node.toString();
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }
}
