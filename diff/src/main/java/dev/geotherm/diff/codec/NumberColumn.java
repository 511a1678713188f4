package dev.geotherm.diff.codec;

import dev.geotherm.delta.DeltaException;
import java.util.ArrayList;
import java.util.List;

/**
 * A column of numbers of the same kind, with seven bits per byte: the first bytes of all numbers are adjacent, then the
 * second bytes of those that have one, and so on.
 */
final class NumberColumn {
    private static final int MAX_PLANES = 10;

    private final List<ByteColumn> planes = new ArrayList<>(List.of(new ByteColumn()));

    /** Appends an unsigned number. */
    void put(long value) {
        long rest = value;
        int plane = 0;
        while ((rest & ~0x7FL) != 0) {
            plane(plane++).put((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        plane(plane).put((int) rest);
    }

    /** Appends a signed number. */
    void putSigned(long value) {
        put((value << 1) ^ (value >> 63));
    }

    int size() {
        return planes.get(0).size();
    }

    private ByteColumn plane(int number) {
        if (number == planes.size()) {
            planes.add(new ByteColumn());
        }
        return planes.get(number);
    }

    void writeTo(ByteColumn out) {
        out.putNumber(size());
        planes.forEach(out::put);
    }

    /** A reader of the numbers of a column, one after another. */
    static final class Reader {
        private final List<ByteCursor> planes = new ArrayList<>();
        private int left;

        Reader(ByteCursor from) {
            left = from.count();
            int length = left;
            while (length > 0) {
                if (planes.size() == MAX_PLANES) {
                    throw new DeltaException("a number is longer than 64 bits");
                }
                ByteCursor plane = from.next(length);
                planes.add(plane);
                length = plane.continued();
            }
        }

        int left() {
            return left;
        }

        long next() {
            if (left == 0) {
                throw new DeltaException("the delta has fewer numbers than its structure needs");
            }
            left--;
            long value = 0;
            for (int plane = 0; ; plane++) {
                int piece = planes.get(plane).next();
                value |= (long) (piece & 0x7F) << (7 * plane);
                if (piece < 0x80) {
                    return value;
                }
            }
        }

        long nextSigned() {
            long value = next();
            return (value >>> 1) ^ -(value & 1);
        }

        /** Reads a number from 0 to the given one. */
        int next(long most) {
            return ByteCursor.bounded(next(), most);
        }
    }
}
