package dev.geotherm.diff;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** The hash of one value without what is in it, in two lanes; equal for values that are the same. */
final class ScalarHash {
    private static final long STRING = 1;
    private static final long WHOLE = 2;
    private static final long FRACTION = 3;
    private static final long OTHER = 4;

    private ScalarHash() {}

    static PathHash of(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> text(STRING, value.textValue());
            case NUMBER -> value.isIntegralNumber() ? whole(value) : fraction(value);
            case BOOLEAN -> bits(OTHER, value.booleanValue() ? 1 : 2);
            case NULL -> bits(OTHER, 3);
            case OBJECT -> bits(OTHER, 4);
            case ARRAY -> bits(OTHER, 5);
            default -> text(OTHER, value.asText());
        };
    }

    private static PathHash whole(JsonNode number) {
        return number.canConvertToLong()
                ? bits(WHOLE, number.longValue())
                : text(WHOLE, number.bigIntegerValue().toString(16));
    }

    /** A decimal that is what a double is written as hashes like the double. */
    @SuppressWarnings("BigDecimalEquals") // the scale is part of what JSON writes
    private static PathHash fraction(JsonNode number) {
        double binary =
                number.isFloat() ? Double.parseDouble(Float.toString(number.floatValue())) : number.doubleValue();
        if (number.isBigDecimal()) {
            BigDecimal decimal = number.decimalValue();
            if (!Double.isFinite(binary) || !decimal.equals(new BigDecimal(Double.toString(binary)))) {
                return text(FRACTION, decimal.toString());
            }
        }
        return bits(FRACTION, Double.doubleToLongBits(binary));
    }

    private static PathHash bits(long tag, long bits) {
        return new PathHash(PathHash.mix(bits) + tag, PathHash.mix(~bits) + tag);
    }

    private static PathHash text(long tag, String text) {
        return PathHash.text(text, tag, ~tag);
    }
}
