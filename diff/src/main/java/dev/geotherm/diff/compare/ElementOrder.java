package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;

/** The order of an array's elements while they are rearranged; it detects moves without effect. */
final class ElementOrder {
    private final List<JsonNode> elements = new ArrayList<>();
    private final Equality equality;
    private final PathMatch match;

    private ElementOrder(Equality equality, PathMatch match) {
        this.equality = equality;
        this.match = match;
    }

    /** Returns the kept elements from {@code head} on. */
    static ElementOrder of(ArrayNode array, int head, boolean[] kept, Equality equality, PathMatch match) {
        ElementOrder arrangement = new ElementOrder(equality, match);
        for (int i = 0; i < kept.length; i++) {
            if (kept[i]) {
                arrangement.elements.add(array.get(head + i));
            }
        }
        return arrangement;
    }

    void add(int index, JsonNode element) {
        elements.add(index, element);
    }

    /**
     * Moves an element; returns whether the move has an effect, that is, whether the element passes a different one.
     */
    boolean move(int from, int to) {
        JsonNode moved = elements.remove(from);
        boolean differs = false;
        for (int i = Math.min(from, to); i < Math.max(from, to) && !differs; i++) {
            differs = !equality.same(elements.get(i), moved, match);
        }
        elements.add(to, moved);
        return differs;
    }
}
