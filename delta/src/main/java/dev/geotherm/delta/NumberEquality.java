package dev.geotherm.delta;

import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;

/** The rules of number equality, from strict to lenient. */
enum NumberEquality {
    /** JSON writes them alike. */
    SAME,
    /** They could have been read from the same text: a double loses digits and trailing zeros that a decimal keeps. */
    OF_ONE_TEXT,
    /** Their values are equal, such as {@code 1} and {@code 1.0}, or they could have been read from the same text. */
    OF_ONE_VALUE,
    /** Their values are equal as JSON writes them, digit by digit: an equivalence relation, unlike the two before. */
    BY_VALUE;

    boolean test(JsonNode a, JsonNode b) {
        if (this == BY_VALUE) {
            return byValue(a, b);
        }
        boolean whole = isWhole(a);
        if (whole != isWhole(b)) {
            return (this == OF_ONE_VALUE || (this == OF_ONE_TEXT && mayHaveLostText(whole ? a : b, whole ? b : a)))
                    && ofOneText(a, b);
        } else if (whole) {
            boolean small = a.canConvertToLong() && b.canConvertToLong();
            return small ? a.longValue() == b.longValue() : a.bigIntegerValue().equals(b.bigIntegerValue());
        }
        return this == SAME ? same(a, b) : ofOneText(a, b);
    }

    /** Returns whether JSON writes a number without a decimal point and exponent, such as a decimal of scale 0. */
    private static boolean isWhole(JsonNode number) {
        return number.isIntegralNumber()
                || (number.isBigDecimal() && number.decimalValue().scale() == 0);
    }

    /**
     * Returns whether a reader can read both from one text: a decimal 5 from {@code 5.0}, an integer 0 from {@code -0}.
     */
    private static boolean mayHaveLostText(JsonNode whole, JsonNode fraction) {
        return whole.isBigDecimal() || (fraction instanceof NegativeZero zero && zero.scale() == 0);
    }

    @SuppressWarnings("BigDecimalEquals") // JSON writes the scale
    private static boolean same(JsonNode a, JsonNode b) {
        if (a instanceof NegativeZero || b instanceof NegativeZero) {
            return a.equals(b);
        } else if (a.isBigDecimal() && b.isBigDecimal()) {
            return a.decimalValue().equals(b.decimalValue());
        } else if (a.isBigDecimal() || b.isBigDecimal()) {
            double binary = binary(a.isBigDecimal() ? b : a);
            BigDecimal decimal = (a.isBigDecimal() ? a : b).decimalValue();
            boolean hasDecimal = Double.isFinite(binary) && Double.compare(binary, -0.0) != 0;
            return hasDecimal && decimal.equals(new BigDecimal(NumberOutput.toString(binary, true)));
        }
        return Double.compare(binary(a), binary(b)) == 0;
    }

    private static boolean ofOneText(JsonNode a, JsonNode b) {
        boolean exact = isExact(a) && isExact(b);
        return exact ? a.decimalValue().compareTo(b.decimalValue()) == 0 : (binary(a) == binary(b) || same(a, b));
    }

    private static boolean byValue(JsonNode a, JsonNode b) {
        boolean finite = isFinite(a);
        if (!finite || !isFinite(b)) {
            return finite == isFinite(b) && Double.compare(a.doubleValue(), b.doubleValue()) == 0;
        }
        return written(a).compareTo(written(b)) == 0;
    }

    private static boolean isFinite(JsonNode number) {
        return isExact(number) || Double.isFinite(number.doubleValue());
    }

    private static BigDecimal written(JsonNode number) {
        return isExact(number) ? number.decimalValue() : new BigDecimal(NumberOutput.toString(binary(number), true));
    }

    private static boolean isExact(JsonNode number) {
        return number.isBigDecimal() || number.isIntegralNumber();
    }

    /**
     * Returns the double that a parser reads from the number's JSON; a float is written with fewer digits than its
     * double.
     */
    private static double binary(JsonNode number) {
        return number.isFloat()
                ? Double.parseDouble(NumberOutput.toString(number.floatValue(), true))
                : number.doubleValue();
    }
}
