package dev.geotherm.diff.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.diff.compare.IgnoredPaths;
import dev.geotherm.diff.compare.PathMatch;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hash of a whole state, without recursion. */
public final class StateHash {
    private static final PathMatch EVERYTHING = IgnoredPaths.NONE.root();

    private final HashRegister last = new HashRegister();
    private final HashRegister name = new HashRegister();

    private StateHash() {}

    /** Returns the hash of a state without ignored paths. */
    public static Fingerprint of(JsonNode state, PathMatch match) {
        StateHash hash = new StateHash();
        if (match.ignored() || state.isMissingNode()) {
            return new Fingerprint(0, 0);
        }
        hash.walk(state, match);
        return new Fingerprint(hash.last.high, hash.last.low);
    }

    /** Returns the hash of a name. */
    public static Fingerprint ofName(String name) {
        HashRegister register = new HashRegister();
        register.name(name);
        return new Fingerprint(register.high, register.low);
    }

    /** Measures a value. */
    static void measure(JsonNode value, HashRegister into) {
        StateHash hash = new StateHash();
        hash.walk(value, EVERYTHING);
        into.copy(hash.last);
        into.suspect |= hash.last.suspect || hash.name.suspect;
    }

    private void walk(JsonNode root, PathMatch match) {
        if (!root.isContainerNode()) {
            last.scalar(root);
            return;
        }
        Frame frame = Frame.of(root, match, null);
        while (true) {
            JsonNode child = frame.next(last, name);
            if (child != null) {
                frame = Frame.of(child, frame.childMatch, frame);
                continue;
            }
            frame.seal(last);
            if (frame.around == null) {
                return;
            }
            frame = frame.around;
            frame.add(last, name);
        }
    }

    /** A container on the path to the current value of the walk. */
    private abstract static class Frame {
        final @Nullable Frame around;
        final PathMatch match;
        PathMatch childMatch;
        long high;
        long low;
        long weight = HashedContainer.OWN_BYTES;

        Frame(PathMatch match, @Nullable Frame around) {
            this.match = match;
            this.around = around;
            childMatch = match;
        }

        static Frame of(JsonNode container, PathMatch match, @Nullable Frame around) {
            return container.isObject()
                    ? new ObjectFrame(container, match, around)
                    : new ArrayFrame(container, match, around);
        }

        /**
         * Adds the scalars before the next container that is not ignored, and returns that container, or null at the
         * end.
         */
        abstract @Nullable JsonNode next(HashRegister child, HashRegister scratch);

        /** Adds the measure of the container that {@link #next} returned last. */
        abstract void add(HashRegister child, HashRegister scratch);

        abstract void seal(HashRegister into);
    }

    private static final class ObjectFrame extends Frame {
        private final Iterator<Map.Entry<String, JsonNode>> members;
        private String name = "";

        ObjectFrame(JsonNode container, PathMatch match, @Nullable Frame around) {
            super(match, around);
            members = container.properties().iterator();
        }

        @Override
        @Nullable
        JsonNode next(HashRegister child, HashRegister scratch) {
            while (members.hasNext()) {
                Map.Entry<String, JsonNode> member = members.next();
                JsonNode value = member.getValue();
                name = member.getKey();
                childMatch = match.member(name);
                if (childMatch.ignored()) {
                    continue;
                } else if (value.isContainerNode()) {
                    return value;
                }
                child.scalar(value);
                add(child, scratch);
            }
            return null;
        }

        @Override
        void add(HashRegister child, HashRegister scratch) {
            scratch.name(name);
            high += HashedContainer.memberHigh(scratch.high, scratch.low, child);
            low += HashedContainer.memberLow(scratch.high, scratch.low, child);
            weight += child.weight + scratch.weight;
        }

        @Override
        void seal(HashRegister into) {
            into.high = HashedContainer.sealHigh(true, high);
            into.low = HashedContainer.sealLow(true, low);
            into.weight = weight;
        }
    }

    /** Iterates from the last element to the first, so that each step is one multiplication (Horner). */
    private static final class ArrayFrame extends Frame {
        private final JsonNode elements;
        private int index;

        ArrayFrame(JsonNode container, PathMatch match, @Nullable Frame around) {
            super(match, around);
            elements = container;
            index = container.size();
        }

        @Override
        @Nullable
        JsonNode next(HashRegister child, HashRegister scratch) {
            while (index > 0) {
                if (match.none()) {
                    takeDoubles(child);
                }
                if (--index < 0) {
                    return null;
                }
                JsonNode value = elements.get(index);
                childMatch = match.element(index);
                if (childMatch.ignored()) {
                    put(0, 0);
                } else if (value.isContainerNode()) {
                    return value;
                } else {
                    child.scalar(value);
                    add(child, scratch);
                }
            }
            return null;
        }

        @Override
        void add(HashRegister child, HashRegister scratch) {
            put(child.high, child.low);
            weight += child.weight;
        }

        private void put(long first, long second) {
            high = ModularPowers.HIGH.before(high, first);
            low = ModularPowers.LOW.before(low, second);
        }

        /**
         * Adds the consecutive doubles before the index: embeddings consist of doubles, and none of these is ignored.
         */
        private void takeDoubles(HashRegister child) {
            long first = high;
            long second = low;
            int at = index;
            while (at > 0 && elements.get(at - 1) instanceof DoubleNode element) {
                double number = element.doubleValue();
                child.suspect |= !Double.isFinite(number);
                first = ModularPowers.HIGH.before(first, HashRegister.binaryHigh(number));
                second = ModularPowers.LOW.before(second, HashRegister.binaryLow(number));
                at--;
            }
            weight += (long) HashRegister.VALUE_BYTES * (index - at);
            high = first;
            low = second;
            index = at;
        }

        @Override
        void seal(HashRegister into) {
            into.high = HashedContainer.sealHigh(false, ModularPowers.residue(high));
            into.low = HashedContainer.sealLow(false, ModularPowers.residue(low));
            into.weight = weight;
        }
    }
}
