package dev.geotherm.diff.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.NegativeZero;
import dev.geotherm.diff.json.JsonLimits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The reader of the scalar columns of {@link BinaryScalarWriter}, after the types of each context are known. */
final class BinaryScalarReader {
    /** An upper bound of the bytes of a number with {@link JsonLimits#MAX_DIGITS} decimal digits and a sign. */
    private static final int MAX_BIG_BYTES = JsonLimits.MAX_DIGITS / 2;

    private final List<BinaryPosition> positions = new ArrayList<>();
    private final NumberColumn.Reader modes;
    private final NumberColumn.Reader wholes;
    private final NumberColumn.Reader scales;
    private final NumberColumn.Reader digits;
    private final NumberColumn.Reader lengths;
    private final NumberColumn.Reader texts;
    private final ByteCursor bigs;
    private final long[] doubles;
    private final ByteCursor characters;
    private final List<JsonNode> known = new ArrayList<>();
    private int nextDouble;

    BinaryScalarReader(ByteCursor from) {
        modes = new NumberColumn.Reader(from);
        wholes = new NumberColumn.Reader(from);
        scales = new NumberColumn.Reader(from);
        digits = new NumberColumn.Reader(from);
        lengths = new NumberColumn.Reader(from);
        texts = new NumberColumn.Reader(from);
        bigs = from.next(from.count());
        doubles = new long[ByteCursor.bounded(from.number(), from.remaining() / Double.BYTES)];
        for (int shift = 56; shift >= 0; shift -= 8) {
            for (int i = 0; i < doubles.length; i++) {
                doubles[i] |= (long) from.next() << shift;
            }
        }
        characters = from.next(from.count());
    }

    void add(BinaryPosition position) {
        positions.add(position);
    }

    /** Reads every scalar and puts it into its position. */
    void fill() {
        positions.sort(Comparator.comparingInt(BinaryPosition::context));
        int to;
        for (int from = 0; from < positions.size(); from = to) {
            to = from + 1;
            while (to < positions.size()
                    && positions.get(to).context() == positions.get(from).context()) {
                to++;
            }
            known.clear();
            List<BinaryPosition> alike = positions.subList(from, to);
            readWholes(alike);
            for (BinaryPosition position : alike) {
                if (position.type() != BinaryType.WHOLE) {
                    position.set(read(position.type()));
                }
            }
        }
        int left = modes.left() + wholes.left() + scales.left() + digits.left() + lengths.left() + texts.left();
        if (left + bigs.remaining() + characters.remaining() > 0 || nextDouble < doubles.length) {
            throw new DeltaException("the delta has more scalars than its structure needs");
        }
    }

    private void readWholes(List<BinaryPosition> alike) {
        boolean differences = false;
        boolean first = true;
        long last = 0;
        for (BinaryPosition position : alike) {
            if (position.type() == BinaryType.WHOLE) {
                if (first) {
                    differences = modes.next(1) == 1;
                    first = false;
                }
                long value = wholes.nextSigned() + last;
                last = differences ? value : 0;
                position.set(number(value));
            }
        }
    }

    private static JsonNode number(long value) {
        return (int) value == value
                ? JsonNodeFactory.instance.numberNode((int) value)
                : JsonNodeFactory.instance.numberNode(value);
    }

    private JsonNode read(BinaryType type) {
        return switch (type) {
            case BIG -> JsonNodeFactory.instance.numberNode(big());
            case DECIMAL -> {
                int scale = scale(Integer.MIN_VALUE, Integer.MAX_VALUE);
                yield DecimalNode.valueOf(new BigDecimal(big(), scale));
            }
            case SHORT_DOUBLE -> {
                int scale = scale(-BinaryType.MAX_SHORT_SCALE, BinaryType.MAX_SHORT_SCALE);
                yield DoubleNode.valueOf(
                        BigDecimal.valueOf(digits.nextSigned(), scale).doubleValue());
            }
            case DOUBLE -> {
                if (nextDouble == doubles.length) {
                    throw new DeltaException("the delta has fewer doubles than its structure needs");
                }
                yield DoubleNode.valueOf(Double.longBitsToDouble(doubles[nextDouble++]));
            }
            case NEGATIVE_ZERO -> NegativeZero.of(scale(Integer.MIN_VALUE, Integer.MAX_VALUE));
            default -> text();
        };
    }

    private int scale(int least, int most) {
        long scale = scales.nextSigned();
        if (scale < least || scale > most) {
            throw new DeltaException("a number has the scale " + scale);
        }
        return (int) scale;
    }

    private BigInteger big() {
        int length = lengths.next(MAX_BIG_BYTES);
        if (length == 0) {
            throw new DeltaException("a number has no digits");
        }
        return new BigInteger(bigs.bytes(length));
    }

    private JsonNode text() {
        int id = texts.next(known.size());
        if (id > 0) {
            return known.get(id - 1);
        }
        JsonNode text = TextNode.valueOf(characters.text(""));
        known.add(text);
        return text;
    }
}
