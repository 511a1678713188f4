package dev.geotherm.diff.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import dev.geotherm.delta.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A container of a state, with its hash and weight; scalars are stored directly.
 *
 * <p>The hash of an object is a sum over its members; the hash of an array is a sum over its elements times powers of a
 * base ({@link ModularPowers}). Both can be updated incrementally.
 */
abstract sealed class HashedContainer permits FrozenContainer, PersistentContainer {
    private static final long OBJECT_HIGH = 0x243F6A8885A308D3L;
    private static final long OBJECT_LOW = 0x13198A2E03707344L;
    private static final long ARRAY_HIGH = 0xA4093822299F31D0L;
    private static final long ARRAY_LOW = 0x082EFA98EC4E6C89L;
    /** The approximate size of a container without its content. */
    static final int OWN_BYTES = 24;

    abstract long high();

    abstract long low();

    /** Returns the approximate memory in bytes, including the content. */
    abstract long weight();

    /** Returns the container as JSON, which must not be modified and is created once. */
    abstract JsonNode toJson();

    /** Returns any value of a state as JSON. */
    static JsonNode json(Object value) {
        return value instanceof HashedContainer part ? part.toJson() : (JsonNode) value;
    }

    /** Returns the value at a path below another value, or null if the path does not exist. */
    static @Nullable Object find(Object root, Pointer path) {
        Pointer[] steps = new Pointer[path.depth()];
        for (Pointer p = path; p.parent() != null; p = p.parent()) {
            steps[p.depth() - 1] = p;
        }
        Object value = root;
        for (Pointer step : steps) {
            Object child = value instanceof PersistentContainer branch ? branch.child(step) : member(json(value), step);
            if (child == null) {
                return null;
            }
            value = child;
        }
        return value;
    }

    private static @Nullable JsonNode member(JsonNode container, Pointer step) {
        return container.isArray() ? container.get(step.index()) : container.get(step.token());
    }

    /** Converts a JSON value to a value of a state, taking ownership of it, and measures it. */
    static Object of(JsonNode value, HashRegister measure) {
        if (value instanceof ValueNode || !value.isContainerNode()) {
            measure.scalar(value);
            return value;
        }
        return FrozenContainer.of(value, measure);
    }

    /** Returns the first lane of a container's hash, from the sum over its content. */
    static long sealHigh(boolean object, long sum) {
        return HashMixer.mix(sum ^ (object ? OBJECT_HIGH : ARRAY_HIGH));
    }

    /** Returns the second lane. */
    static long sealLow(boolean object, long sum) {
        return HashMixer.mix(sum ^ (object ? OBJECT_LOW : ARRAY_LOW));
    }

    /** Returns the contribution of a member to the first lane of its object's sum. */
    static long memberHigh(long nameHigh, long nameLow, HashRegister value) {
        return Math.multiplyHigh(nameHigh ^ value.high, nameLow + value.low);
    }

    /** Returns the contribution of a member to the second lane. */
    static long memberLow(long nameHigh, long nameLow, HashRegister value) {
        return (nameHigh ^ value.high) * (nameLow + value.low);
    }
}
