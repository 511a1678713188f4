package dev.geotherm.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A non-recursive reader of a JSON Merge Patch (RFC 7396) as changes of a state. */
final class MergePatchReader {
    private final List<Change> changes = new ArrayList<>();
    private final Deque<Merge> open = new ArrayDeque<>();

    /** A patch that is an object, and its target object. */
    private record Merge(JsonNode target, JsonNode patch, Pointer path) {}

    private MergePatchReader() {}

    static StateDelta read(JsonNode patch, JsonNode before) {
        MergePatchReader reading = new MergePatchReader();
        reading.merge(before, patch, Pointer.ROOT);
        while (!reading.open.isEmpty()) {
            Merge next = reading.open.pop();
            for (Map.Entry<String, JsonNode> member : next.patch.properties()) {
                reading.member(next.target.get(member.getKey()), member.getValue(), next.path.child(member.getKey()));
            }
        }
        return new StateDelta(reading.changes);
    }

    private void member(@Nullable JsonNode target, JsonNode patch, Pointer path) {
        if (target == null) {
            if (!patch.isNull()) {
                changes.add(Change.added(path, withoutNulls(patch)));
            }
        } else if (patch.isNull()) {
            changes.add(Change.removed(path, target));
        } else {
            merge(target, patch, path);
        }
    }

    private void merge(JsonNode target, JsonNode patch, Pointer path) {
        if (patch.isObject() && target.isObject()) {
            open.push(new Merge(target, patch, path));
        } else if (!JsonEquality.same(target, patch)) {
            JsonNode after = withoutNulls(patch);
            changes.add(Change.replaced(ChangeKind.ofReplacement(target, after), path, target, after, 1));
        }
    }

    /** Returns the result of applying the patch to nothing: null members are omitted; arrays are taken unchanged. */
    private static JsonNode withoutNulls(JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        Deque<Map.Entry<JsonNode, ObjectNode>> objects = new ArrayDeque<>();
        objects.push(Map.entry(patch, root));
        while (!objects.isEmpty()) {
            Map.Entry<JsonNode, ObjectNode> next = objects.pop();
            for (Map.Entry<String, JsonNode> member : next.getKey().properties()) {
                JsonNode value = member.getValue();
                if (value.isObject()) {
                    objects.push(Map.entry(value, next.getValue().putObject(member.getKey())));
                } else if (!value.isNull()) {
                    next.getValue().set(member.getKey(), value);
                }
            }
        }
        return root;
    }
}
