package dev.geotherm.delta;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.NumericNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A negative zero that is not written as {@code -0.0}, such as {@code -0} or {@code -0.00}.
 *
 * <p>Jackson's own nodes cannot hold it: an integer and a decimal have no negative zero, and a double writes only
 * {@code -0.0}. Readers that keep every character of a number use this node; as a Java number it is the double -0.0.
 * Immutable.
 */
public final class NegativeZero extends NumericNode {
    private static final long serialVersionUID = 1;

    /** The scale of {@code -0.0}, which is a double. */
    private static final int DOUBLE = 1;

    private final int scale;

    private NegativeZero(int scale) {
        this.scale = scale;
    }

    /**
     * Returns a negative zero with the given scale, which is that of a {@link BigDecimal} of the same text: the number
     * of digits after the decimal point, or a negative number for an exponent.
     */
    public static JsonNode of(int scale) {
        return scale == DOUBLE ? DoubleNode.valueOf(-0.0) : new NegativeZero(scale);
    }

    /** Returns the scale. */
    public int scale() {
        return scale;
    }

    /** Returns the number as JSON writes it. */
    @Override
    public String asText() {
        return "-" + decimalValue();
    }

    @Override
    public JsonToken asToken() {
        return scale == 0 ? JsonToken.VALUE_NUMBER_INT : JsonToken.VALUE_NUMBER_FLOAT;
    }

    @Override
    public JsonParser.NumberType numberType() {
        return JsonParser.NumberType.DOUBLE;
    }

    @Override
    public Number numberValue() {
        return -0.0;
    }

    @Override
    public int intValue() {
        return 0;
    }

    @Override
    public long longValue() {
        return 0;
    }

    @Override
    public double doubleValue() {
        return -0.0;
    }

    /** Returns the decimal of the same scale; it has no sign. */
    @Override
    public BigDecimal decimalValue() {
        return BigDecimal.valueOf(0, scale);
    }

    @Override
    public BigInteger bigIntegerValue() {
        return BigInteger.ZERO;
    }

    @Override
    public boolean canConvertToInt() {
        return true;
    }

    @Override
    public boolean canConvertToLong() {
        return true;
    }

    @Override
    public void serialize(JsonGenerator generator, SerializerProvider provider) throws IOException {
        generator.writeNumber(asText());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NegativeZero zero && zero.scale == scale;
    }

    @Override
    public int hashCode() {
        return -1 - scale;
    }
}
