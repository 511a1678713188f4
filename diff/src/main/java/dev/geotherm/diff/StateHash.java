package dev.geotherm.diff;

import com.fasterxml.jackson.databind.JsonNode;
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
    }

    private void walk(JsonNode root, PathMatch match) {
        if (!root.isContainerNode()) {
            last.scalar(root);
            return;
        }
        Frame frame = Frame.of(root, match, null);
        while (true) {
            JsonNode child = frame.next();
            if (child == null) {
                frame.seal(last);
                if (frame.around == null) {
                    return;
                }
                frame = frame.around;
                frame.add(last, name);
            } else if (child.isContainerNode()) {
                frame = Frame.of(child, frame.childMatch, frame);
            } else {
                last.scalar(child);
                frame.add(last, name);
            }
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

        /** Returns the next child that counts, or null at the end. */
        abstract @Nullable JsonNode next();

        /** Takes up the measure of the child that {@link #next} gave last. */
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
        JsonNode next() {
            while (members.hasNext()) {
                Map.Entry<String, JsonNode> member = members.next();
                name = member.getKey();
                childMatch = match.member(name);
                if (!childMatch.ignored()) {
                    return member.getValue();
                }
            }
            return null;
        }

        @Override
        void add(Measure child, Measure scratch) {
            scratch.name(name);
            high += Part.memberHigh(scratch, child);
            low += Part.memberLow(scratch, child);
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
        JsonNode next() {
            while (--index >= 0) {
                childMatch = match.element(index);
                if (!childMatch.ignored()) {
                    return elements.get(index);
                }
                shift(0, 0);
            }
            return null;
        }

        @Override
        void add(Measure child, Measure scratch) {
            shift(Powers.residue(child.high), Powers.residue(child.low));
            weight += child.weight;
        }

        private void shift(long first, long second) {
            high = Powers.plus(Powers.times(high, Powers.HIGH.base), first);
            low = Powers.plus(Powers.times(low, Powers.LOW.base), second);
        }

        @Override
        void seal(Measure into) {
            into.high = Part.sealHigh(false, high);
            into.low = Part.sealLow(false, low);
            into.weight = weight;
        }
    }
}
