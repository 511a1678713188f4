package dev.geotherm.diff.codec;

import dev.geotherm.delta.DeltaException;
import java.nio.charset.StandardCharsets;

/** A cursor over bytes of unknown origin: every read returns what is there, or refuses. */
final class ByteCursor {
    private final byte[] bytes;
    private final int end;
    private int at;

    ByteCursor(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = start;
        this.end = end;
    }

    int remaining() {
        return end - at;
    }

    int next() {
        if (at == end) {
            throw new DeltaException("the delta's bytes end too early");
        }
        return bytes[at++] & 0xFF;
    }

    /** Steps over so many bytes, which become a cursor of their own. */
    ByteCursor next(long length) {
        if (length < 0 || length > remaining()) {
            throw new DeltaException(
                    "the delta's bytes end too early: " + length + " more were expected, there are " + remaining());
        }
        at += (int) length;
        return new ByteCursor(bytes, at - (int) length, at);
    }

    /** Reads what {@link ByteColumn#putNumber} wrote. */
    long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int piece = next();
            value |= (long) (piece & 0x7F) << shift;
            if (piece < 0x80) {
                return value;
            }
        }
        throw new DeltaException("a number is longer than 64 bits");
    }

    /** Reads a number of things of which each takes a byte or more of what is left. */
    int count() {
        return bounded(number(), remaining());
    }

    static int bounded(long number, long most) {
        if (number < 0 || number > most) {
            throw new DeltaException("expected a number from 0 to " + most + ", found " + number);
        }
        return (int) number;
    }

    /** Returns how many of the bytes ahead have their highest bit set. */
    int continued() {
        int count = 0;
        for (int i = at; i < end; i++) {
            count += bytes[i] < 0 ? 1 : 0;
        }
        return count;
    }

    byte[] bytes(long length) {
        ByteCursor piece = next(length);
        byte[] copy = new byte[(int) length];
        System.arraycopy(bytes, piece.at, copy, 0, copy.length);
        return copy;
    }

    /** Reads a text that {@link ByteColumn#putText} wrote, behind the given beginning. */
    String text(String beginning) {
        int length = 0;
        boolean plain = true;
        while (length < remaining() && bytes[at + length] != ByteColumn.END_OF_TEXT) {
            plain &= bytes[at + length++] >= 0;
        }
        ByteCursor piece = next(length);
        next();
        if (plain) {
            String text = new String(bytes, piece.at, length, StandardCharsets.ISO_8859_1);
            return beginning.isEmpty() ? text : beginning.concat(text);
        }
        StringBuilder text = new StringBuilder(beginning.length() + length).append(beginning);
        while (piece.at < piece.end) {
            piece.unit(text);
        }
        return text.toString();
    }

    private void unit(StringBuilder text) {
        int first = next();
        if (first < 0x80) {
            text.append((char) first);
        } else if (first >> 5 == 0b110) {
            text.append((char) checked(first & 0x1F, 1, 0x80));
        } else if (first >> 4 == 0b1110) {
            text.append((char) checked(first & 0x0F, 2, 0x800));
        } else if (first >> 3 == 0b11110) {
            int point = checked(first & 0x07, 3, 0x10000);
            if (point > Character.MAX_CODE_POINT) {
                throw new DeltaException("a text is no UTF-8");
            }
            text.appendCodePoint(point);
        } else {
            throw new DeltaException("a text is no UTF-8");
        }
    }

    private int checked(int first, int more, int least) {
        int point = first;
        for (int i = 0; i < more; i++) {
            int next = next();
            if (next >> 6 != 0b10) {
                throw new DeltaException("a text is no UTF-8");
            }
            point = (point << 6) | (next & 0x3F);
        }
        if (point < least) {
            throw new DeltaException("a text is no UTF-8");
        }
        return point;
    }
}
