package dev.geotherm.diff.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The position of a value of a binary delta: standalone, in an object or in an array. */
final class BinaryPosition {
    private final BinaryType type;
    private final int context;
    private final @Nullable JsonNode container;
    private final String member;
    private final int index;
    private JsonNode value = NullNode.getInstance();

    BinaryPosition(BinaryType type, int context, @Nullable JsonNode container, String member, int index) {
        this.type = type;
        this.context = context;
        this.container = container;
        this.member = member;
        this.index = index;
    }

    BinaryType type() {
        return type;
    }

    int context() {
        return context;
    }

    /** Returns the value that was set last. */
    JsonNode value() {
        return value;
    }

    /** Sets the value; an array must already contain all earlier elements. */
    void set(JsonNode next) {
        value = next;
        if (container instanceof ObjectNode object) {
            object.set(member, next);
        } else if (container instanceof ArrayNode array) {
            if (index == array.size()) {
                array.add(next);
            } else {
                array.set(index, next);
            }
        }
    }
}
