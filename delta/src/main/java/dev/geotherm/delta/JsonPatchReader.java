package dev.geotherm.delta;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** A reader of one JSON Patch (RFC 6902); it applies each operation, because the next one refers to the result. */
final class JsonPatchReader {
    /** The limit of every delta format. */
    private static final int MAX_STEPS = 10_000;

    private final WorkingState state;
    private final CopyBudget copies;
    private final Consumer<Change> changes;
    private int number;

    private JsonPatchReader(LongSupplier size, JsonNode before, Consumer<Change> changes) {
        state = new WorkingState(before);
        copies = new CopyBudget(size, before);
        this.changes = changes;
    }

    static StateDelta read(JsonNode patch, JsonNode before) {
        if (!patch.isArray()) {
            throw new DeltaException("a JSON Patch must be an array, was " + Excerpt.of(patch));
        }
        List<Change> changes = new ArrayList<>(patch.size());
        JsonPatchReader reading = new JsonPatchReader(() -> CopyBudget.size(patch), before, changes::add);
        patch.forEach(reading::readNext);
        return new StateDelta(changes);
    }

    /** Returns the state after the operations, without keeping them. */
    static JsonNode apply(Iterator<JsonNode> operations, long length, JsonNode before) {
        JsonPatchReader reading = new JsonPatchReader(() -> length, before, change -> {});
        operations.forEachRemaining(reading::readNext);
        return reading.state.share();
    }

    private void readNext(JsonNode operation) {
        try {
            read(operation);
            number++;
        } catch (DeltaException misfit) {
            throw new DeltaException("operation " + number + ": " + misfit.getMessage(), misfit);
        }
    }

    private void read(JsonNode operation) {
        if (!operation.isObject()) {
            throw new DeltaException("must be an object, was " + Excerpt.of(operation));
        }
        String op = text(operation, "op");
        Pointer path = pointer(operation, "path");
        try {
            switch (op) {
                case "add" -> add(target(path), value(operation));
                case "remove" -> remove(path);
                case "replace" -> replace(path, value(operation));
                case "move" -> move(pointer(operation, "from"), path);
                case "copy" -> add(target(path), copies.take(found(pointer(operation, "from"))));
                case "test" -> test(path, value(operation));
                default ->
                    throw new DeltaException("unknown operation; expected add, remove, replace, move, copy or test");
            }
        } catch (DeltaException misfit) {
            throw new DeltaException(Excerpt.of(op) + " at '" + path.brief() + "': " + misfit.getMessage(), misfit);
        }
    }

    private void add(Pointer path, JsonNode value) {
        if (holdsMember(path)) {
            replace(path, value);
        } else {
            apply(Change.added(path, value));
        }
    }

    private void remove(Pointer path) {
        apply(Change.removed(path, found(path)));
    }

    private void replace(Pointer path, JsonNode value) {
        JsonNode before = found(path);
        if (!JsonEquality.same(before, value)) {
            apply(Change.replaced(ChangeKind.ofReplacement(before, value), path, before, value, 1));
        }
    }

    private void move(Pointer from, Pointer to) {
        JsonNode value = found(from);
        if (from.equals(to)) {
            return;
        } else if (from.contains(to)) {
            throw new DeltaException("a value cannot move into itself");
        }
        // The target is resolved in the state without the moved value, where later indices are lower by one.
        Change removal = Change.removed(from, value);
        state.apply(removal);
        Pointer target = target(to);
        if (holdsMember(target)) {
            changes.accept(removal);
            replace(target, value);
        } else {
            state.apply(Change.added(target, value));
            changes.accept(Change.moved(from, target));
        }
    }

    private void test(Pointer path, JsonNode expected) {
        JsonNode found = found(path);
        if (!JsonEquality.ofOneValue(expected, found)) {
            throw new DeltaException("expected to find " + Excerpt.of(expected) + ", found " + Excerpt.of(found));
        }
    }

    private void apply(Change change) {
        state.apply(change);
        changes.accept(change);
    }

    private JsonNode found(Pointer path) {
        JsonNode value = state.get(path);
        if (value == null || value.isMissingNode()) {
            throw new DeltaException("there is no value at '" + path.brief() + "'");
        }
        return value;
    }

    /** Returns whether a value added at the path replaces an existing member; in an array it never does. */
    private boolean holdsMember(Pointer path) {
        Pointer parent = path.parent();
        return parent == null || (state.isObject(parent) && state.has(path));
    }

    /** Returns the path with the index that {@code -} stands for. */
    private Pointer target(Pointer path) {
        Pointer parent = path.parent();
        int size = parent == null || !path.token().equals("-") ? -1 : state.arraySize(parent);
        return parent == null || size < 0 ? path : parent.child(size);
    }

    private static String text(JsonNode operation, String member) {
        JsonNode value = required(operation, member);
        if (!value.isTextual()) {
            throw new DeltaException("'" + member + "' must be a text, was " + Excerpt.of(value));
        }
        return value.textValue();
    }

    private static Pointer pointer(JsonNode operation, String member) {
        try {
            Pointer pointer = Pointer.parse(text(operation, member));
            if (pointer.depth() > MAX_STEPS) {
                throw new DeltaException("'" + member + "' has " + pointer.depth() + " steps, the limit is " + MAX_STEPS
                        + ": '" + pointer.brief() + "'");
            }
            return pointer;
        } catch (IllegalArgumentException malformed) {
            throw new DeltaException("'" + member + "': " + malformed.getMessage(), malformed);
        }
    }

    private static JsonNode value(JsonNode operation) {
        return required(operation, "value");
    }

    private static JsonNode required(JsonNode operation, String member) {
        @Nullable JsonNode value = operation.get(member);
        if (value == null) {
            throw new DeltaException("the member '" + member + "' is missing");
        }
        return value;
    }
}
