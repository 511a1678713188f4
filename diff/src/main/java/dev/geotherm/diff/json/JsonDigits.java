package dev.geotherm.diff.json;

import com.fasterxml.jackson.core.io.NumberOutput;
import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.DeltaException;

/**
 * The digits of numbers in JSON: whole numbers and decimals of at most {@value #MOST} characters, and doubles by their
 * shortest digits, which unlike those of {@link Double#toString(double)} are the same on every JDK.
 */
public final class JsonDigits {
    static final int MOST = JsonLimits.MAX_DIGITS;

    /** A number of so many bits is surely not too long, with its sign, point and exponent. */
    private static final int FEW_BITS = 3 * MOST;

    private JsonDigits() {}

    /** Returns whether a whole number or decimal takes more characters than may be; the text of a short one is not made. */
    public static boolean areTooMany(JsonNode number) {
        int bits = bits(number);
        // Below three bits a digit, so that the text is not made of what is far too long.
        return bits > FEW_BITS && (bits / 4 > MOST || text(number).length() > MOST);
    }

    /**
     * Returns the number as JSON writes it.
     *
     * @throws DeltaException if it takes more characters than may be
     */
    public static String of(JsonNode number) {
        if (areTooMany(number)) {
            throw new DeltaException(
                    "a number of more than " + MOST + " digits cannot be encoded, " + MOST + " is the most");
        }
        return text(number);
    }

    /** Returns the fewest digits that are read as the given double. */
    public static String of(double number) {
        return NumberOutput.toString(number, true);
    }

    /**
     * Returns the double that a reader of the number's JSON gets: a float's own digits are fewer than those of its double.
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
