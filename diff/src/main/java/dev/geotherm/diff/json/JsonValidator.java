package dev.geotherm.diff.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import dev.geotherm.delta.Pointer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;

/**
 * What Jackson can hold and a state may not, since it could never be sent as JSON: nodes and numbers that JSON has not,
 * numbers too long to be read, and members whose name has half a surrogate pair, which readers refuse even as an escape. A
 * text may have one: it is written as an escape.
 */
public final class JsonValidator {
    private JsonValidator() {}

    /**
     * Refuses a value that has something of that in it; without recursion, in the time of a walk through the value.
     *
     * @param path where the value is to stand
     * @throws IllegalArgumentException if there is such a value; the message has its path
     */
    public static void refuse(Pointer path, JsonNode value) {
        if (!value.isContainerNode()) {
            refuseScalar(path, value);
            return;
        }
        Deque<JsonNode> open = new ArrayDeque<>();
        open.push(value);
        while (!open.isEmpty()) {
            JsonNode container = open.pop();
            for (JsonNode child : container) {
                if (child.isContainerNode()) {
                    open.push(child);
                } else if (isForeign(child) || isTooLong(child)) {
                    find(path, value);
                }
            }
            if (container.isObject()) {
                for (Map.Entry<String, JsonNode> member : container.properties()) {
                    if (UnpairedSurrogate.isIn(member.getKey())) {
                        find(path, value);
                    }
                }
            }
        }
    }

    /**
     * Refuses the path of a member that is new if its name has half a surrogate pair.
     *
     * @throws IllegalArgumentException if it has
     */
    public static void refuseName(Pointer path) {
        if (UnpairedSurrogate.isIn(path.token())) {
            throw new IllegalArgumentException("the name of the member at '" + path.brief()
                    + "' has half a surrogate pair, which no reader of JSON takes; give it a name of whole characters");
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
                refuseName(at);
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
        } else if (isTooLong(value)) {
            throw new IllegalArgumentException("the number at '" + path + "' has more than " + JsonDigits.MOST
                    + " characters, so it could never be sent; round it, or put a text there");
        }
    }

    private static boolean isTooLong(JsonNode value) {
        return (value instanceof BigIntegerNode || value instanceof DecimalNode) && JsonDigits.areTooMany(value);
    }

    private static boolean isForeign(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING, BOOLEAN, NULL -> false;
            case NUMBER -> (value.isDouble() || value.isFloat()) && !Double.isFinite(value.doubleValue());
            default -> true;
        };
    }
}
