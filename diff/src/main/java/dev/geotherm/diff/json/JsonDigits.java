package dev.geotherm.diff.json;

import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.DeltaException;

/**
 * The digits of numbers in JSON: whole numbers and decimals of at most {@value #MAX_DIGITS} characters, and doubles with
 * the fewest digits. These are the same on every JDK, unlike those of {@link Double#toString(double)}.
 */
public final class JsonDigits {
    static final int MAX_DIGITS = JsonLimits.MAX_DIGITS;

    /** A number with this many bits is not too long, even with its sign, decimal point and exponent. */
    private static final int SAFE_BITS = 3 * MAX_DIGITS;

    private JsonDigits() {}

    /** Returns whether a whole number or decimal exceeds the limit; does not create the text of a short number. */
    public static boolean areTooMany(JsonNode number) {
        int bits = bits(number);
        // A digit has more than three bits, so the text of a number that is far too long is not created.
        return bits > SAFE_BITS && (bits / 4 > MAX_DIGITS || text(number).length() > MAX_DIGITS);
    }

    /**
     * Returns the number as JSON writes it.
     *
     * @throws DeltaException if it exceeds the limit
     */
    public static String of(JsonNode number) {
        if (areTooMany(number)) {
            throw new DeltaException("a number of more than " + MAX_DIGITS + " digits cannot be encoded, " + MAX_DIGITS
                    + " is the most");
        }
        return text(number);
    }

    /** Returns the fewest digits that parse as the given double. */
    public static String of(double number) {
        return NumberOutput.toString(number, true);
    }

    /**
     * Returns the double that a parser reads from the number's JSON; a float is written with fewer digits than its
     * double.
     */
    public static double binary(JsonNode number) {
        return number.isFloat()
                ? Double.parseDouble(NumberOutput.toString(number.floatValue(), true))
                : number.doubleValue();
    }

    private static int bits(JsonNode number) {
        return number.isBigDecimal()
                ? number.decimalValue().unscaledValue().bitLength()
                : number.bigIntegerValue().bitLength();
    }

    private static String text(JsonNode number) {
        return number.isBigDecimal() ? number.decimalValue().toString() : number.asText();
    }
}
