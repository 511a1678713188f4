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
 * A validator of states. It refuses values that Jackson can represent but JSON cannot, such as binary nodes and NaN,
 * numbers too long to be parsed, and member names with an unpaired surrogate, which parsers refuse even as an escape.
 * Texts may contain an unpaired surrogate, which is written as an escape.
 */
public final class JsonValidator {
    private JsonValidator() {}

    /**
     * Refuses a value that contains anything invalid; does not recurse, and visits the value once.
     *
     * @param path the path of the value, for the message
     * @throws IllegalArgumentException if the value contains anything invalid; the message names its path
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
     * Refuses the path of a new member if its name has an unpaired surrogate.
     *
     * @throws IllegalArgumentException if it has an unpaired surrogate
     */
    public static void refuseName(Pointer path) {
        if (UnpairedSurrogate.isIn(path.token())) {
            throw new IllegalArgumentException("the name of the member at '" + path.brief()
                    + "' has an unpaired surrogate, which JSON parsers refuse; use a name of complete characters");
        }
    }

    /** Repeats the walk with paths, which are not created for valid values. */
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
            throw new IllegalArgumentException("a missing node at '" + path + "' is not a value; use remove");
        } else if (isForeign(value)) {
            String what = value.isNumber() ? "number " + value.asText() : value.getNodeType() + " node";
            throw new IllegalArgumentException("JSON has no " + what + ", as at '" + path
                    + "', so it could never be sent; put a text or null there, or nothing");
        } else if (isTooLong(value)) {
            throw new IllegalArgumentException("the number at '" + path + "' has more than " + JsonDigits.MAX_DIGITS
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
