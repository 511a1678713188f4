package dev.geotherm.diff.json;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.DeltaException;
import java.math.BigDecimal;

/** The digits of whole numbers and decimals in JSON; at most {@value #MOST} characters. */
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

    private static int bits(JsonNode number) {
        return number.isBigDecimal()
                ? number.decimalValue().unscaledValue().bitLength()
                : number.bigIntegerValue().bitLength();
    }

    private static String text(JsonNode number) {
        if (!number.isBigDecimal()) {
            return number.asText();
        }
        BigDecimal value = number.decimalValue();
        // A decimal without a fraction gets an exponent, or it would be read as a whole number.
        return value.scale() == 0 ? value + "E0" : value.toString();
    }
}
