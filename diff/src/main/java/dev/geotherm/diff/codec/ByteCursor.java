package dev.geotherm.diff.codec;

import dev.geotherm.delta.DeltaException;
import java.nio.charset.StandardCharsets;

/** A cursor over untrusted bytes: every read is checked. */
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

    /** Skips the given number of bytes and returns a cursor over them. */
    ByteCursor next(long length) {
        if (length < 0 || length > remaining()) {
            throw new DeltaException(
                    "the delta's bytes end too early: " + length + " more were expected, found " + remaining());
        }
        at += (int) length;
        return new ByteCursor(bytes, at - (int) length, at);
    }

    /** Reads a number that {@link ByteColumn#putNumber} wrote. */
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

    /** Reads a count of items, each of which takes at least one of the remaining bytes. */
    int count() {
        return bounded(number(), remaining());
    }

    static int bounded(long number, long most) {
        if (number < 0 || number > most) {
            throw new DeltaException("expected a number from 0 to " + most + ", found " + number);
        }
        return (int) number;
    }

    /** Returns the number of following bytes with the highest bit set. */
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

    /** Reads a text that {@link ByteColumn#putText} wrote, after the given prefix. */
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
                throw new DeltaException("a text is not UTF-8");
            }
            text.appendCodePoint(point);
        } else {
            throw new DeltaException("a text is not UTF-8");
        }
    }

    private int checked(int first, int more, int least) {
        int point = first;
        for (int i = 0; i < more; i++) {
            int next = next();
            if (next >> 6 != 0b10) {
                throw new DeltaException("a text is not UTF-8");
            }
            point = (point << 6) | (next & 0x3F);
        }
        if (point < least) {
            throw new DeltaException("a text is not UTF-8");
        }
        return point;
    }
}
