package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.JsonEquality;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The equality of two values except at ignored paths, without recursion. */
final class IterativeEquality {
    private final Deque<Pair> open = new ArrayDeque<>();

    private final boolean byValue;

    private record Pair(JsonNode a, JsonNode b, PathMatch match) {}

    private IterativeEquality(boolean byValue) {
        this.byValue = byValue;
    }

    static boolean same(JsonNode a, JsonNode b, PathMatch match, boolean byValue) {
        IterativeEquality equality = new IterativeEquality(byValue);
        return match.none() ? equality.sameInFull(a, b) : equality.test(a, b, match);
    }

    private boolean sameInFull(JsonNode a, JsonNode b) {
        return byValue ? JsonEquality.sameByValue(a, b) : JsonEquality.same(a, b);
    }

    private boolean test(JsonNode first, JsonNode second, PathMatch match) {
        if (!matches(first, second, match)) {
            return false;
        }
        while (!open.isEmpty()) {
            Pair pair = open.pop();
            boolean same = pair.a.isObject() ? members(pair) : elements(pair);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    private boolean members(Pair pair) {
        for (Map.Entry<String, JsonNode> member : pair.a.properties()) {
            PathMatch match = pair.match.member(member.getKey());
            if (!matches(member.getValue(), pair.b.get(member.getKey()), match)) {
                return false;
            }
        }
        for (Map.Entry<String, JsonNode> member : pair.b.properties()) {
            if (!pair.a.has(member.getKey())
                    && !pair.match.member(member.getKey()).ignored()) {
                return false;
            }
        }
        return true;
    }

    private boolean elements(Pair pair) {
        for (int i = 0; i < Math.max(pair.a.size(), pair.b.size()); i++) {
            if (!matches(pair.a.get(i), pair.b.get(i), pair.match.element(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean matches(@Nullable JsonNode a, @Nullable JsonNode b, PathMatch match) {
        if (match.ignored()) {
            return true;
        } else if (a == null || b == null) {
            return false;
        } else if (match.none() || !a.isContainerNode() || a.getNodeType() != b.getNodeType()) {
            return sameInFull(a, b);
        }
        open.push(new Pair(a, b, match));
        return true;
    }
}
