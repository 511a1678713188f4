package dev.geotherm.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.Pointer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;

/** What Jackson can hold and JSON has not: such a value could never be sent. */
final class ForeignValue {
    private ForeignValue() {}

    /**
     * Refuses a value that has something in it which JSON has not; without recursion.
     *
     * @param path where the value is to stand
     * @throws IllegalArgumentException if there is such a value; the message has its path
     */
    static void refuse(Pointer path, JsonNode value) {
        if (!value.isContainerNode()) {
            refuseScalar(path, value);
            return;
        }
        Deque<JsonNode> open = new ArrayDeque<>();
        open.push(value);
        while (!open.isEmpty()) {
            for (JsonNode child : open.pop()) {
                if (child.isContainerNode()) {
                    open.push(child);
                } else if (isForeign(child)) {
                    find(path, value);
                }
            }
        }
    }

    /** Goes the same way again with the paths, which are not made where all is well. */
    private static void find(Pointer path, JsonNode container) {
        Deque<Map.Entry<Pointer, JsonNode>> open = new ArrayDeque<>();
        open.push(Map.entry(path, container));
        while (!open.isEmpty()) {
            Map.Entry<Pointer, JsonNode> next = open.pop();
            JsonNode value = next.getValue();
            Iterator<String> names = value.fieldNames();
            int index = 0;
            for (JsonNode child : value) {
                Pointer at = next.getKey();
                at = value.isObject() ? at.child(names.next()) : at.child(index++);
                if (child.isContainerNode()) {
                    open.push(Map.entry(at, child));
                } else {
                    refuseScalar(at, child);
                }
            }
        }
    }

    private static void refuseScalar(Pointer path, JsonNode value) {
        if (value.isMissingNode()) {
            throw new IllegalArgumentException("a missing node at '" + path + "' is no value; use remove");
        } else if (isForeign(value)) {
            String what = value.isNumber() ? "number " + value.asText() : value.getNodeType() + " node";
            throw new IllegalArgumentException("JSON has no " + what + ", as at '" + path
                    + "', so it could never be sent; put a text or null there, or nothing");
        }
    }

    private static boolean isForeign(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING, BOOLEAN, NULL -> false;
            case NUMBER -> (value.isDouble() || value.isFloat()) && !Double.isFinite(value.doubleValue());
            default -> true;
        };
    }
}
