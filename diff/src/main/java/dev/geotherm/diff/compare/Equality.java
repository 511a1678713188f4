package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.delta.JsonEquality;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The equality of values except at ignored paths. Recurses into the first {@value #MAX_LEVEL} levels, because that is
 * faster, and uses {@link IterativeEquality} below. For one thread.
 */
public final class Equality {
    static final int MAX_LEVEL = 500;

    private final boolean byValue;

    /** The number of compared pairs of values. */
    long work;

    public Equality(boolean byValue) {
        this.byValue = byValue;
    }

    boolean same(JsonNode a, JsonNode b, PathMatch match) {
        return same(a, b, match, 0);
    }

    @SuppressWarnings("ReferenceEquality") // shared subtrees need no comparison
    private boolean same(@Nullable JsonNode a, @Nullable JsonNode b, PathMatch match, int level) {
        work++;
        if (a == b || match.ignored()) {
            return true;
        } else if (a == null || b == null) {
            return false;
        } else if (level == MAX_LEVEL) {
            return IterativeEquality.same(a, b, match, byValue);
        } else if (a instanceof ObjectNode object) {
            return b instanceof ObjectNode other
                    && (match.none()
                            ? sameMembers(object, other, match, level)
                            : sameCountedMembers(object, other, match, level));
        } else if (a instanceof ArrayNode array) {
            return b instanceof ArrayNode other && sameElements(array, other, match, level);
        }
        return sameScalars(a, b);
    }

    /** Members are mostly in the same order, which avoids look-ups by name. */
    private boolean sameMembers(ObjectNode a, ObjectNode b, PathMatch match, int level) {
        if (a.size() != b.size()) {
            return false;
        }
        Iterator<Map.Entry<String, JsonNode>> others = b.properties().iterator();
        for (Map.Entry<String, JsonNode> member : a.properties()) {
            Map.Entry<String, JsonNode> beside = others.next();
            String name = member.getKey();
            JsonNode other = name.equals(beside.getKey()) ? beside.getValue() : b.get(name);
            if (!same(member.getValue(), other, match, level + 1)) {
                return false;
            }
        }
        return true;
    }

    private boolean sameCountedMembers(ObjectNode a, ObjectNode b, PathMatch match, int level) {
        for (Map.Entry<String, JsonNode> member : a.properties()) {
            String name = member.getKey();
            if (!same(member.getValue(), b.get(name), match.member(name), level + 1)) {
                return false;
            }
        }
        for (Map.Entry<String, JsonNode> member : b.properties()) {
            String name = member.getKey();
            if (!match.member(name).ignored() && !a.has(name)) {
                return false;
            }
        }
        return true;
    }

    private boolean sameElements(ArrayNode a, ArrayNode b, PathMatch match, int level) {
        int size = Math.max(a.size(), b.size());
        if (match.none() && a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            if (!same(a.get(i), b.get(i), match.element(i), level + 1)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether two values are equal, at least one of which is a scalar. */
    boolean sameScalars(JsonNode a, JsonNode b) {
        Class<?> type = a.getClass();
        if (type == TextNode.class) {
            return b.getClass() == TextNode.class && a.textValue().equals(b.textValue());
        } else if (type == b.getClass()) {
            if (type == IntNode.class) {
                return a.intValue() == b.intValue();
            } else if (type == DoubleNode.class && !byValue) {
                return Double.compare(a.doubleValue(), b.doubleValue()) == 0;
            }
        }
        return byValue ? JsonEquality.sameByValue(a, b) : JsonEquality.same(a, b);
    }
}
