package dev.geotherm.diff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import dev.geotherm.api.diff.Fingerprint;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The hash of a whole state: a walk that ends at each container with its hash, without recursion. */
final class StateHash {
    private static final PathMatch EVERYTHING = IgnoredPaths.NONE.root();

    private final Measure last = new Measure();
    private final Measure name = new Measure();

    private StateHash() {}

    /** Returns the hash of a state without the paths that do not count. */
    static Fingerprint of(JsonNode state, PathMatch match) {
        StateHash hash = new StateHash();
        if (match.ignored() || state.isMissingNode()) {
            return new Fingerprint(0, 0);
        }
        hash.walk(state, match);
        return new Fingerprint(hash.last.high, hash.last.low);
    }

    /** Takes the measure of a value. */
    static void measure(JsonNode value, Measure into) {
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

    /** A container on the way to the value that the walk looks at. */
    private abstract static class Frame {
        final @Nullable Frame around;
        final PathMatch match;
        PathMatch childMatch;
        long high;
        long low;
        long weight = Part.OWN_BYTES;

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

        /** Takes up the scalars before the next container that counts, and returns that, or null at the end. */
        abstract @Nullable JsonNode next(Measure child, Measure scratch);

        /** Takes up the measure of the container that {@link #next} gave last. */
        abstract void add(Measure child, Measure scratch);

        abstract void seal(Measure into);
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
        JsonNode next(Measure child, Measure scratch) {
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
        void add(Measure child, Measure scratch) {
            scratch.name(name);
            high += Part.memberHigh(scratch.high, scratch.low, child);
            low += Part.memberLow(scratch.high, scratch.low, child);
            weight += child.weight + scratch.weight;
        }

        @Override
        void seal(Measure into) {
            into.high = Part.sealHigh(true, high);
            into.low = Part.sealLow(true, low);
            into.weight = weight;
        }
    }

    /** Goes from the last element to the first, so that each step is one multiplication (Horner). */
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
        JsonNode next(Measure child, Measure scratch) {
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
        void add(Measure child, Measure scratch) {
            put(child.high, child.low);
            weight += child.weight;
        }

        private void put(long first, long second) {
            high = Powers.HIGH.before(high, first);
            low = Powers.LOW.before(low, second);
        }

        /** Takes up the doubles in a row before the index: embeddings consist of them, and all of them count. */
        private void takeDoubles(Measure child) {
            long first = high;
            long second = low;
            int at = index;
            while (at > 0 && elements.get(at - 1) instanceof DoubleNode element) {
                double number = element.doubleValue();
                child.suspect |= !Double.isFinite(number);
                first = Powers.HIGH.before(first, Measure.binaryHigh(number));
                second = Powers.LOW.before(second, Measure.binaryLow(number));
                at--;
            }
            weight += (long) Measure.VALUE_BYTES * (index - at);
            high = first;
            low = second;
            index = at;
        }

        @Override
        void seal(Measure into) {
            into.high = Part.sealHigh(false, Powers.residue(high));
            into.low = Part.sealLow(false, Powers.residue(low));
            into.weight = weight;
        }
    }
}
