package dev.geotherm.diff.codec;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.NegativeZero;
import dev.geotherm.diff.json.JsonDigits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A writer of scalars in columns by type, grouped by context: values of members with the same name are similar.
 *
 * <p>Each text is written once per context. Whole numbers are written as differences if that is shorter.
 */
final class BinaryScalarWriter {
    private final List<Scalar> scalars = new ArrayList<>();
    private final NumberColumn modes = new NumberColumn();
    private final NumberColumn wholes = new NumberColumn();
    private final NumberColumn scales = new NumberColumn();
    private final NumberColumn digits = new NumberColumn();
    private final NumberColumn lengths = new NumberColumn();
    private final NumberColumn texts = new NumberColumn();
    private final List<Double> doubles = new ArrayList<>();
    private final ByteColumn bigs = new ByteColumn();
    private final ByteColumn characters = new ByteColumn();
    private final Map<String, Integer> known = new HashMap<>();

    private record Scalar(int context, BinaryType type, JsonNode value) {}

    void add(int context, BinaryType type, JsonNode value) {
        scalars.add(new Scalar(context, type, value));
    }

    void writeTo(ByteColumn out) {
        scalars.sort(Comparator.comparingInt(Scalar::context));
        int to;
        for (int from = 0; from < scalars.size(); from = to) {
            to = from + 1;
            while (to < scalars.size() && scalars.get(to).context == scalars.get(from).context) {
                to++;
            }
            known.clear();
            List<Scalar> alike = scalars.subList(from, to);
            writeWholes(alike);
            alike.forEach(this::write);
        }
        for (NumberColumn column : List.of(modes, wholes, scales, digits, lengths, texts)) {
            column.writeTo(out);
        }
        out.putNumber(bigs.size());
        out.put(bigs);
        writeDoubles(out);
        out.putNumber(characters.size());
        out.put(characters);
    }

    private void write(Scalar scalar) {
        switch (scalar.type) {
            case BIG -> write(scalar.value.bigIntegerValue());
            case DECIMAL -> {
                BigDecimal value = scalar.value.decimalValue();
                scales.putSigned(value.scale());
                write(value.unscaledValue());
            }
            case SHORT_DOUBLE -> {
                BigDecimal value = requireNonNull(BinaryType.shortForm(JsonDigits.binary(scalar.value)));
                scales.putSigned(value.scale());
                digits.putSigned(value.unscaledValue().longValueExact());
            }
            case DOUBLE -> doubles.add(JsonDigits.binary(scalar.value));
            case NEGATIVE_ZERO -> scales.putSigned(((NegativeZero) scalar.value).scale());
            case TEXT -> write(scalar.value.textValue());
            default -> {}
        }
    }

    private void write(BigInteger value) {
        byte[] bytes = value.toByteArray();
        lengths.put(bytes.length);
        bigs.put(bytes, 0, bytes.length);
    }

    private void write(String text) {
        Integer id = known.putIfAbsent(text, known.size());
        texts.put(id == null ? 0 : id + 1);
        if (id == null) {
            characters.putText(text, 0);
        }
    }

    private void writeWholes(List<Scalar> alike) {
        long[] values = alike.stream()
                .filter(scalar -> scalar.type == BinaryType.WHOLE)
                .mapToLong(scalar -> scalar.value.longValue())
                .toArray();
        if (values.length == 0) {
            return;
        }
        long plain = 0;
        long differences = 0;
        long last = 0;
        for (long value : values) {
            plain += bits(value);
            differences += bits(value - last);
            last = value;
        }
        boolean shorter = differences < plain;
        modes.put(shorter ? 1 : 0);
        last = 0;
        for (long value : values) {
            wholes.putSigned(value - last);
            last = shorter ? value : 0;
        }
    }

    private static int bits(long value) {
        return Long.SIZE - Long.numberOfLeadingZeros((value << 1) ^ (value >> 63));
    }

    /**
     * The first bytes of all doubles are adjacent, then the second ones, and so on: doubles of similar size have equal
     * first bytes.
     */
    private void writeDoubles(ByteColumn out) {
        out.putNumber(doubles.size());
        for (int shift = 56; shift >= 0; shift -= 8) {
            for (double value : doubles) {
                out.put((int) (Double.doubleToRawLongBits(value) >>> shift));
            }
        }
    }
}
