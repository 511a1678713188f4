package dev.geotherm.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.Fingerprint;
import dev.geotherm.api.diff.Pointer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * A fingerprint in the making: the sum over all values of a hash of path and value, in two independent 64-bit lanes.
 *
 * <p>A sum can be kept up to date: exchanging a value costs that value only. Inserting into an array costs the elements
 * behind it, because their paths change.
 */
final class StateHash {
    private long high;
    private long low;
    private final Deque<Frame> open = new ArrayDeque<>();

    private record Frame(JsonNode container, long high, long low, PathMatch match) {}

    static Fingerprint of(JsonNode state, PathMatch match) {
        StateHash hash = new StateHash();
        hash.walk(state, PathHash.ROOT, match, 1);
        return hash.toFingerprint();
    }

    Fingerprint toFingerprint() {
        return new Fingerprint(high, low);
    }

    void reset(Fingerprint fingerprint) {
        high = fingerprint.high();
        low = fingerprint.low();
    }

    void add(Pointer path, JsonNode value) {
        walk(value, PathHash.of(path), IgnoredPaths.NONE.root(), 1);
    }

    void subtract(Pointer path, JsonNode value) {
        walk(value, PathHash.of(path), IgnoredPaths.NONE.root(), -1);
    }

    /** Takes note that the elements of an array from the given index on go up or down by one. */
    void shift(Pointer array, JsonNode elements, int first, int by) {
        PathHash path = PathHash.of(array);
        for (int i = first; i < elements.size(); i++) {
            walk(elements.get(i), path.step(Integer.toString(i)), IgnoredPaths.NONE.root(), -1);
            walk(elements.get(i), path.step(Integer.toString(i + by)), IgnoredPaths.NONE.root(), 1);
        }
    }

    private void walk(JsonNode value, PathHash path, PathMatch match, int sign) {
        visit(value, path, match, sign);
        while (!open.isEmpty()) {
            Frame frame = open.pop();
            PathHash here = new PathHash(frame.high, frame.low);
            if (frame.container.isObject()) {
                for (Map.Entry<String, JsonNode> member : frame.container.properties()) {
                    String name = member.getKey();
                    visit(member.getValue(), here.step(name), frame.match.member(name), sign);
                }
            } else {
                for (int i = 0; i < frame.container.size(); i++) {
                    visit(frame.container.get(i), here.step(Integer.toString(i)), frame.match.element(i), sign);
                }
            }
        }
    }

    private void visit(JsonNode value, PathHash path, PathMatch match, int sign) {
        if (match.ignored() || value.isMissingNode()) {
            return;
        }
        PathHash scalar = ScalarHash.of(value);
        high += sign * PathHash.mix(path.high() + PathHash.mix(scalar.high()));
        low += sign * PathHash.mix(path.low() + PathHash.mix(scalar.low()));
        if (value.isContainerNode()) {
            open.push(new Frame(value, path.high(), path.low(), match));
        }
    }
}
