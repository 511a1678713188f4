package dev.geotherm.delta;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The budget for the {@code copy} operations of a JSON Patch, each of which could double the state: {@value #ALWAYS}
 * plus four times the size of state and patch. A value counts {@value #OF_A_VALUE} plus the characters of its text and
 * name.
 */
final class CopyBudget {
    private static final long ALWAYS = 4 << 20;
    private static final int TIMES = 4;
    private static final int OF_A_VALUE = 8;

    private final LongSupplier patch;
    private final JsonNode before;
    private long most = -1;
    private long left;

    /** Creates a budget; the size of the patch is computed at the first copy. */
    CopyBudget(LongSupplier patch, JsonNode before) {
        this.patch = patch;
        this.before = before;
    }

    /**
     * Subtracts the size of a copied value; visits only as many values as the remaining budget allows.
     *
     * @throws DeltaException if the budget is exceeded
     */
    JsonNode take(JsonNode value) {
        if (most < 0) {
            most = ALWAYS + TIMES * (patch.getAsLong() + size(before));
            left = most;
        }
        left -= size(value, left);
        if (left < 0) {
            throw new DeltaException("the copy operations of this patch exceed the limit of " + most
                    + " characters for this state; use add with a value instead");
        }
        return value;
    }

    /** Returns the size of a value. */
    static long size(JsonNode value) {
        return size(value, Long.MAX_VALUE);
    }

    /** Returns the size of a value, or any larger number than {@code most} if the size exceeds that. */
    private static long size(JsonNode value, long most) {
        long size = 0;
        Deque<JsonNode> open = new ArrayDeque<>();
        open.push(value);
        while (!open.isEmpty() && size <= most) {
            JsonNode node = open.pop();
            size += OF_A_VALUE;
            if (node.isObject()) {
                for (Map.Entry<String, JsonNode> member : node.properties()) {
                    size += member.getKey().length();
                    open.push(member.getValue());
                }
            } else if (node.isTextual()) {
                size += node.textValue().length();
            } else {
                node.forEach(open::push);
            }
        }
        return size;
    }
}
