package dev.geotherm.delta;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * The equality of JSON values in this package.
 *
 * <p>The order of an object's members does not matter. Numbers are equal if JSON writes them alike, regardless of their
 * Java types: {@code 5} as an int, a long, a big integer or a decimal is one number, and so is {@code 0.1} as a float,
 * a double or a decimal. But {@code 1} and {@code 1.0} differ, and so do {@code 0.1} and {@code 0.10} as decimals,
 * {@code 0.0} and {@code -0.0}, and {@code 0} and {@code -0}. {@link JsonNode#equals} has the same result, except that
 * {@code 5} parsed from text and {@code 5} built in memory can differ there. No method recurses: values may be
 * thousands of levels deep.
 */
public final class JsonEquality {
    private final NumberEquality numbers;

    private JsonEquality(NumberEquality numbers) {
        this.numbers = numbers;
    }

    /** Returns whether two values are equal. */
    public static boolean same(JsonNode a, JsonNode b) {
        return new JsonEquality(NumberEquality.SAME).test(a, b);
    }

    /**
     * Returns whether two values are equal except for the notation of their numbers: {@code 1}, {@code 1.0} and
     * {@code 1e0} are one number, and so are {@code 0.0} and {@code -0.0}.
     */
    public static boolean sameByValue(JsonNode a, JsonNode b) {
        return new JsonEquality(NumberEquality.BY_VALUE).test(a, b);
    }

    /** Returns whether two values could have been read from the same text, as doubles or as decimals. */
    static boolean ofOneText(JsonNode a, JsonNode b) {
        return new JsonEquality(NumberEquality.OF_ONE_TEXT).test(a, b);
    }

    /** Returns whether two values are equal in the sense of RFC 6902 section 4.6: numbers by value. */
    static boolean ofOneValue(JsonNode a, JsonNode b) {
        return new JsonEquality(NumberEquality.OF_ONE_VALUE).test(a, b);
    }

    @SuppressWarnings("ReferenceEquality") // shared subtrees need no comparison
    private boolean test(JsonNode first, JsonNode second) {
        if (first == second) {
            return true;
        } else if (!first.isContainerNode()) {
            return sameScalars(first, second);
        }
        Deque<JsonNode> open = new ArrayDeque<>();
        if (!matches(first, second, open)) {
            return false;
        }
        while (!open.isEmpty()) {
            JsonNode a = open.pop();
            JsonNode b = open.pop();
            if (a.isObject()) {
                for (Map.Entry<String, JsonNode> member : a.properties()) {
                    JsonNode other = b.get(member.getKey());
                    if (other == null || !matches(member.getValue(), other, open)) {
                        return false;
                    }
                }
            } else {
                for (int i = 0; i < a.size(); i++) {
                    if (!matches(a.get(i), b.get(i), open)) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** Compares scalars, and the sizes of containers, which it pushes for the caller to compare. */
    @SuppressWarnings("ReferenceEquality") // shared subtrees need no comparison
    private boolean matches(JsonNode a, JsonNode b, Deque<JsonNode> open) {
        if (a == b) {
            return true;
        }
        if (a.getNodeType() != b.getNodeType()) {
            return false;
        }
        if (a.isContainerNode()) {
            if (a.size() != b.size()) {
                return false;
            }
            open.push(b);
            open.push(a);
            return true;
        }
        return sameScalars(a, b);
    }

    private boolean sameScalars(JsonNode a, JsonNode b) {
        return (a.isNumber() && b.isNumber()) ? numbers.test(a, b) : a.equals(b);
    }
}
