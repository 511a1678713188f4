package dev.geotherm.testkit.diff;

import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.NegativeZero;
import dev.geotherm.delta.Pointer;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A fingerprint as the sum of a hash over paths and values. */
final class ReferenceHash {
    private final List<List<String>> ignored;
    private final boolean byValue;
    private final Deque<Place> open = new ArrayDeque<>();
    private long high;
    private long low;

    private record Place(JsonNode value, Pointer path, UUID hash) {}

    private ReferenceHash(List<String> ignored, boolean byValue) {
        this.ignored = ignored.stream().map(p -> Pointer.parse(p).tokens()).toList();
        this.byValue = byValue;
    }

    static Fingerprint of(JsonNode state, List<String> ignored) {
        return of(state, Pointer.ROOT, new ReferenceHash(ignored, false));
    }

    /** Returns the hash of a value at a path. */
    static Fingerprint of(JsonNode value, Pointer path, DifferLimits limits) {
        return of(
                value,
                path,
                new ReferenceHash(limits.ignoredPaths(), limits.shape().numbersByValue()));
    }

    static boolean ignores(DifferLimits limits, Pointer path) {
        return limits.ignoredPaths().stream().anyMatch(pattern -> matches(pattern, path));
    }

    static boolean matches(String pattern, Pointer path) {
        return matches(Pointer.parse(pattern).tokens(), path.tokens());
    }

    private static Fingerprint of(JsonNode state, Pointer path, ReferenceHash hash) {
        hash.open.push(new Place(state, path, new UUID(1, 2)));
        while (!hash.open.isEmpty()) {
            hash.visit(hash.open.pop());
        }
        return new Fingerprint(hash.high, hash.low);
    }

    private void visit(Place place) {
        if (ignored.stream().anyMatch(pattern -> matches(pattern, place.path.tokens()))) {
            return;
        }
        UUID sum = hash(hash(place.hash, "value"), scalar(place.value));
        high += sum.getMostSignificantBits();
        low += sum.getLeastSignificantBits();
        for (Map.Entry<String, JsonNode> member : place.value.properties()) {
            push(member.getValue(), place, member.getKey());
        }
        for (int i = 0; place.value.isArray() && i < place.value.size(); i++) {
            push(place.value.get(i), place, Integer.toString(i));
        }
    }

    private void push(JsonNode value, Place parent, String token) {
        open.push(new Place(value, parent.path.child(token), hash(parent.hash, token)));
    }

    private static UUID hash(UUID seed, String text) {
        long high = seed.getMostSignificantBits() + text.length();
        long low = seed.getLeastSignificantBits() + text.length();
        for (int i = 0; i < text.length(); i++) {
            high = Long.rotateLeft((high ^ text.charAt(i)) * 0x9E3779B97F4A7C15L, 29);
            low = Long.rotateLeft((low ^ text.charAt(i)) * 0xC2B2AE3D27D4EB4FL, 37);
        }
        high *= 0xBF58476D1CE4E5B9L;
        low *= 0x94D049BB133111EBL;
        return new UUID(high ^ (high >>> 31), low ^ (low >>> 33));
    }

    private String scalar(JsonNode value) {
        if (value.isContainerNode() || !value.isNumber()) {
            return value.getNodeType() + value.asText();
        } else if (byValue) {
            BigDecimal number = value.isDouble()
                    ? new BigDecimal(NumberOutput.toString(value.doubleValue(), true))
                    : value.decimalValue();
            return "number" + number.stripTrailingZeros();
        } else if (value instanceof NegativeZero) {
            return "fraction" + value.asText();
        } else if (value.isIntegralNumber()
                || (value.isBigDecimal() && value.decimalValue().scale() == 0)) {
            return "whole" + value.bigIntegerValue();
        }
        String text = value.isBigDecimal()
                ? value.decimalValue().toString()
                : value.isFloat()
                        ? NumberOutput.toString(value.floatValue(), true)
                        : NumberOutput.toString(value.doubleValue(), true);
        return text.equals("-0.0") ? text : "fraction" + new BigDecimal(text);
    }

    private static boolean matches(List<String> pattern, List<String> tokens) {
        if (pattern.isEmpty()) {
            return tokens.isEmpty();
        }
        List<String> rest = pattern.subList(1, pattern.size());
        if (pattern.get(0).equals("**")) {
            for (int skipped = 0; skipped <= tokens.size(); skipped++) {
                if (matches(rest, tokens.subList(skipped, tokens.size()))) {
                    return true;
                }
            }
            return false;
        }
        return !tokens.isEmpty()
                && (pattern.get(0).equals("*") || pattern.get(0).equals(tokens.get(0)))
                && matches(rest, tokens.subList(1, tokens.size()));
    }
}
