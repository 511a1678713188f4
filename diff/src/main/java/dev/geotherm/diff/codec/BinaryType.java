package dev.geotherm.diff.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.NegativeZero;
import dev.geotherm.diff.json.JsonDigits;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A type of value in the binary format, written as its number. */
enum BinaryType {
    NULL,
    FALSE,
    TRUE,
    /** A whole number of at most 64 bits. */
    WHOLE,
    /** A larger whole number. */
    BIG,
    /** A double with few decimal digits, written as a decimal. */
    SHORT_DOUBLE,
    DOUBLE,
    DECIMAL,
    TEXT,
    OBJECT,
    ARRAY,
    /** A negative zero that is not a double, written as its scale. */
    NEGATIVE_ZERO;

    private static final BinaryType[] ALL = values();
    private static final int MAX_SHORT_DIGITS = 9;
    static final int MAX_SHORT_SCALE = 30;

    static BinaryType of(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL -> NULL;
            case BOOLEAN -> value.booleanValue() ? TRUE : FALSE;
            case STRING -> TEXT;
            case OBJECT -> OBJECT;
            case ARRAY -> ARRAY;
            case NUMBER -> {
                if (value instanceof NegativeZero) {
                    yield NEGATIVE_ZERO;
                } else if (value.isIntegralNumber()
                        || (value.isBigDecimal() && value.decimalValue().scale() == 0)) {
                    yield value.canConvertToLong() ? WHOLE : BIG;
                }
                yield value.isBigDecimal()
                        ? DECIMAL
                        : shortForm(JsonDigits.binary(value)) == null ? DOUBLE : SHORT_DOUBLE;
            }
            default ->
                throw new DeltaException("JSON has no " + value.getNodeType() + ", so such a value cannot be encoded");
        };
    }

    static BinaryType of(int number) {
        if (number >= ALL.length) {
            throw new DeltaException("there is no type " + number);
        }
        return ALL[number];
    }

    @SuppressWarnings("EnumOrdinal") // the order is part of the format
    int number() {
        return ordinal();
    }

    /** Returns the decimal as which a double is written, or null if it is not short. */
    static @Nullable BigDecimal shortForm(double value) {
        if (!Double.isFinite(value) || Double.compare(value, -0.0) == 0) {
            return null;
        }
        String text = JsonDigits.of(value);
        if (text.length() > MAX_SHORT_DIGITS + 7) {
            return null;
        }
        BigDecimal decimal = new BigDecimal(text).stripTrailingZeros();
        boolean isShort = decimal.precision() <= MAX_SHORT_DIGITS && Math.abs(decimal.scale()) <= MAX_SHORT_SCALE;
        return isShort ? decimal : null;
    }
}
