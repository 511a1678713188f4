package dev.geotherm.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** A non-recursive writer of the JSON Merge Patch (RFC 7396) from one state to another. */
final class MergePatchWriter {
    private static final int MAX_NAMED = 5;

    private final Deque<Pair> open = new ArrayDeque<>();
    private final List<Pointer> nulls = new ArrayList<>();

    /** Two objects that differ, and the patch from one to the other. */
    private record Pair(JsonNode before, JsonNode after, ObjectNode patch, Pointer path) {}

    private MergePatchWriter() {}

    static JsonNode write(StateDelta delta, JsonNode before) {
        MergePatchWriter writing = new MergePatchWriter();
        JsonNode patch = writing.write(before, delta.applyTo(before));
        if (!writing.nulls.isEmpty()) {
            throw new DeltaException("a merge patch cannot set a member to null, because null removes the member;"
                    + " this delta does so at " + named(writing.nulls));
        }
        return patch;
    }

    private static String named(List<Pointer> paths) {
        StringBuilder text = new StringBuilder();
        for (Pointer path : paths.subList(0, Math.min(MAX_NAMED, paths.size()))) {
            text.append(text.isEmpty() ? "'" : ", '").append(path).append('\'');
        }
        int more = paths.size() - MAX_NAMED;
        return more > 0 ? text + " and " + more + " more" : text.toString();
    }

    private JsonNode write(JsonNode before, JsonNode after) {
        if (!after.isObject() || !before.isObject()) {
            return whole(after, Pointer.ROOT);
        }
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        open.push(new Pair(before, after, patch, Pointer.ROOT));
        while (!open.isEmpty()) {
            write(open.pop());
        }
        return patch;
    }

    private void write(Pair pair) {
        pair.before.fieldNames().forEachRemaining(name -> {
            if (!pair.after.has(name)) {
                pair.patch.putNull(name);
            }
        });
        for (Map.Entry<String, JsonNode> member : pair.after.properties()) {
            JsonNode old = pair.before.get(member.getKey());
            JsonNode value = member.getValue();
            if (old != null && isKept(old, value)) {
                continue;
            }
            Pointer path = pair.path.child(member.getKey());
            if (old != null && old.isObject() && value.isObject()) {
                open.push(new Pair(old, value, pair.patch.putObject(member.getKey()), path));
            } else {
                if (value.isNull()) {
                    nulls.add(path);
                }
                pair.patch.set(member.getKey(), whole(value, path));
            }
        }
    }

    /** Objects are compared by the caller; unchanged ones are the same instances. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isKept(JsonNode old, JsonNode value) {
        return old == value || (!(old.isObject() && value.isObject()) && JsonEquality.same(old, value));
    }

    /** Returns the value, and records its null members. Arrays are not searched. */
    private JsonNode whole(JsonNode value, Pointer path) {
        Deque<Map.Entry<Pointer, JsonNode>> objects = new ArrayDeque<>();
        if (value.isObject()) {
            objects.push(Map.entry(path, value));
        }
        while (!objects.isEmpty()) {
            Map.Entry<Pointer, JsonNode> object = objects.pop();
            for (Map.Entry<String, JsonNode> member : object.getValue().properties()) {
                Pointer child = object.getKey().child(member.getKey());
                if (member.getValue().isNull()) {
                    nulls.add(child);
                } else if (member.getValue().isObject()) {
                    objects.push(Map.entry(child, member.getValue()));
                }
            }
        }
        return value;
    }
}
