package dev.geotherm.diff.state;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import dev.geotherm.delta.NegativeZero;
import dev.geotherm.diff.json.JsonDigits;
import dev.geotherm.diff.json.JsonValidator;
import java.math.BigDecimal;

/**
 * The measure of a value: its hash, in two lanes, and its approximate memory in bytes; equal for equal values.
 *
 * <p>Mutable and reused, so that measuring allocates nothing.
 */
final class HashRegister {
    static final int VALUE_BYTES = 24;
    private static final long STRING = 1;
    private static final long WHOLE = 2;
    private static final long FRACTION = 3;
    private static final long OTHER = 4;
    private static final long NAME = 5;

    /** The bits that are set in a block of four characters that contains a surrogate, and in many others. */
    private static final long LARGE_CHARACTERS = 0x8000_8000_8000_8000L;

    long high;
    long low;
    long weight;
    /** Whether a measured value may be invalid in a state; if so, {@link JsonValidator} decides. */
    boolean suspect;

    /** Measures a scalar or a {@link HashedContainer}. */
    void take(Object value) {
        if (value instanceof HashedContainer part) {
            high = part.high();
            low = part.low();
            weight = part.weight();
        } else {
            scalar((JsonNode) value);
        }
    }

    /** Measures a scalar. */
    void scalar(JsonNode value) {
        weight = VALUE_BYTES;
        if (value instanceof DoubleNode number) {
            binary(number.doubleValue());
            return;
        }
        switch (value.getNodeType()) {
            case STRING -> {
                text(STRING, value.textValue());
                weight += 2L * value.textValue().length();
            }
            case NUMBER -> {
                if (value.isIntegralNumber()
                        || (value.isBigDecimal() && value.decimalValue().scale() == 0)) {
                    whole(value);
                } else {
                    fraction(value);
                }
            }
            case BOOLEAN -> bits(OTHER, value.booleanValue() ? 1 : 2);
            case NULL -> bits(OTHER, 3);
            default -> {
                suspect = true;
                text(OTHER, value.asText());
            }
        }
    }

    /** Measures the name of a member. */
    void name(String name) {
        suspect |= (text(NAME, name) & LARGE_CHARACTERS) != 0;
        weight = 32 + 2L * name.length();
    }

    boolean sameHash(HashRegister other) {
        return high == other.high && low == other.low;
    }

    void copy(HashRegister other) {
        high = other.high;
        low = other.low;
        weight = other.weight;
    }

    private void whole(JsonNode number) {
        if (number.canConvertToLong()) {
            bits(WHOLE, number.longValue());
        } else {
            suspect |= JsonDigits.areTooMany(number);
            text(WHOLE, number.bigIntegerValue().toString(16));
        }
    }

    /** A decimal with the same text as a double has the same hash as the double. */
    @SuppressWarnings("BigDecimalEquals") // JSON writes the scale
    private void fraction(JsonNode number) {
        if (number instanceof NegativeZero) {
            text(FRACTION, number.asText());
            return;
        }
        double binary = JsonDigits.binary(number);
        if (number.isBigDecimal()) {
            suspect |= JsonDigits.areTooMany(number);
            BigDecimal decimal = number.decimalValue();
            if (!Double.isFinite(binary) || !decimal.equals(new BigDecimal(JsonDigits.of(binary)))) {
                text(FRACTION, decimal.toString());
                return;
            }
        }
        binary(binary);
    }

    private void binary(double number) {
        suspect |= !Double.isFinite(number);
        bits(FRACTION, Double.doubleToLongBits(number));
    }

    private void bits(long tag, long bits) {
        high = bitsHigh(tag, bits);
        low = bitsLow(tag, bits);
    }

    private static long bitsHigh(long tag, long bits) {
        return HashMixer.mix(bits + tag * HashMixer.B);
    }

    private static long bitsLow(long tag, long bits) {
        return HashMixer.mix((bits ^ HashMixer.D) + tag * HashMixer.C);
    }

    /** Returns the first lane of a double's hash. */
    static long binaryHigh(double number) {
        return bitsHigh(FRACTION, Double.doubleToLongBits(number));
    }

    /** Returns the second lane. */
    static long binaryLow(double number) {
        return bitsLow(FRACTION, Double.doubleToLongBits(number));
    }

    /** Measures a text and returns the bits that are set in any of its characters. */
    private long text(long tag, String text) {
        int length = text.length();
        long h = tag * HashMixer.C;
        long l = tag * HashMixer.B;
        long seen = 0;
        int i = 0;
        for (; i + 4 <= length; i += 4) {
            long block = text.charAt(i)
                    | (long) text.charAt(i + 1) << 16
                    | (long) text.charAt(i + 2) << 32
                    | (long) text.charAt(i + 3) << 48;
            h = HashMixer.high(h, block);
            l = HashMixer.low(l, block);
            seen |= block;
        }
        long rest = 0;
        for (; i < length; i++) {
            rest = rest << 16 | text.charAt(i);
        }
        high = HashMixer.mix(HashMixer.high(h, rest) ^ length);
        low = HashMixer.mix(HashMixer.low(l, rest) + length);
        return seen | rest;
    }
}
