package dev.geotherm.diff.compare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.diff.json.JsonDigits;
import dev.geotherm.diff.json.JsonLimits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;

/**
 * A hash of a value's content, except at ignored paths. Equal values have equal hashes, under both ways to compare
 * numbers; different values can collide. Content below {@value #MAX_LEVEL} levels is not hashed. For one thread.
 */
final class StructuralHash {
    private static final int MAX_LEVEL = 500;
    /** Up to this limit, a double can represent every whole number. */
    private static final double ALL_WHOLE = 1L << 53;

    private static final long NAME = 0x9E3779B97F4A7C15L;
    private static final long INDEX = 0xC2B2AE3D27D4EB4FL;

    /** The number of hashed values. */
    long work;

    long of(JsonNode value, PathMatch match) {
        return of(value, match, 0);
    }

    private long of(JsonNode value, PathMatch match, int level) {
        work++;
        if (value instanceof TextNode) {
            return 3L * value.textValue().hashCode();
        } else if (value instanceof ObjectNode object) {
            return level == MAX_LEVEL ? 0 : members(object, match, level);
        } else if (value instanceof ArrayNode array) {
            return level == MAX_LEVEL ? 1 : elements(array, match, level);
        } else if (value.isNumber()) {
            return number(value);
        }
        return 5L * value.asText().hashCode();
    }

    private static long number(JsonNode value) {
        double number = JsonDigits.binary(value);
        if (Math.abs(number) > ALL_WHOLE && isWhole(value)) {
            // Thousands of whole numbers can have the same nearest double.
            BigInteger whole = value.bigIntegerValue();
            if (Double.isInfinite(number)
                    || !new BigDecimal(number).toBigInteger().equals(whole)) {
                return value.canConvertToLong() ? value.longValue() : whole.hashCode();
            }
        }
        return number == 0 ? 11 : Double.doubleToLongBits(number);
    }

    /** Returns whether a large number has no fraction; false for a decimal with a very large exponent. */
    private static boolean isWhole(JsonNode value) {
        if (!value.isBigDecimal()) {
            return value.isIntegralNumber();
        }
        BigDecimal shortest = value.decimalValue().stripTrailingZeros();
        return shortest.scale() <= 0 && shortest.scale() > -JsonLimits.MAX_DIGITS;
    }

    private long members(ObjectNode object, PathMatch match, int level) {
        long sum = 0;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            String name = member.getKey();
            PathMatch child = match.member(name);
            if (!child.ignored()) {
                sum += PathHash.mix(name.hashCode() * NAME + of(member.getValue(), child, level + 1));
            }
        }
        return PathHash.mix(sum);
    }

    private long elements(ArrayNode array, PathMatch match, int level) {
        long sum = 1;
        for (int i = 0; i < array.size(); i++) {
            PathMatch child = match.element(i);
            if (!child.ignored()) {
                sum += PathHash.mix((i + 1) * INDEX + of(array.get(i), child, level + 1));
            }
        }
        return PathHash.mix(sum);
    }
}
