package dev.geotherm.diff.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.io.ContentReference;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A stream that passes valid UTF-8 through and refuses anything else, as defined by RFC 3629, section 4: overlong
 * forms, surrogates, code points above U+10FFFF, and truncated sequences. JSON parsers decode some of these.
 *
 * <p>Columns count bytes.
 */
public final class Utf8Input extends FilterInputStream {
    private static final int NEVER = 0xF5;

    private long offset;
    private long line = 1;
    private long lineStart;
    private boolean afterReturn;

    /** The number of remaining bytes of the current character, and the bounds of the next byte. */
    private int left;

    private int low;
    private int high;
    private int first;
    private long start;

    /** Creates a stream over another. */
    public Utf8Input(InputStream in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int count = in.read(into, from, length);
        if (count < 0 && left > 0) {
            left = 0;
            throw invalid(first, "the file ends inside a character");
        }
        for (int i = from; i < from + count; i++) {
            int next = into[i];
            if (left == 0 && next >= ' ') {
                afterReturn = false;
            } else {
                take(next & 0xFF);
            }
            offset++;
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        return read(new byte[(int) Math.min(count, 8_000)]);
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void take(int next) throws JsonParseException {
        if (left > 0) {
            if (next < low || next > high) {
                throw invalid(first, reason(next));
            }
            left--;
            low = 0x80;
            high = 0xBF;
        } else if (next < ' ') {
            control(next);
        } else {
            begin(next);
        }
    }

    private void control(int next) {
        if (next == '\n' || next == '\r') {
            line += next == '\n' && afterReturn ? 0 : 1;
            lineStart = offset + 1;
        }
        afterReturn = next == '\r';
    }

    private void begin(int next) throws JsonParseException {
        start = offset;
        first = next;
        afterReturn = false;
        if (next < 0xC2 || next >= NEVER) {
            boolean overlong = next == 0xC0 || next == 0xC1;
            throw invalid(
                    next, overlong ? "an overlong form" : next < 0xC0 ? "it continues no character" : "no such byte");
        }
        left = next < 0xE0 ? 1 : next < 0xF0 ? 2 : 3;
        low = next == 0xE0 ? 0xA0 : next == 0xF0 ? 0x90 : 0x80;
        high = next == 0xED ? 0x9F : next == 0xF4 ? 0x8F : 0xBF;
    }

    private String reason(int next) {
        if (next < 0x80 || next > 0xBF) {
            return "the character is cut off";
        }
        return first == 0xED ? "a surrogate" : first == 0xF4 ? "a code point above U+10FFFF" : "an overlong form";
    }

    private JsonParseException invalid(int found, String reason) {
        String message = String.format("not UTF-8: the byte 0x%02X (%s); convert the file to UTF-8", found, reason);
        long at = found == first && offset > start ? start : offset;
        return new JsonParseException(null, message, new JsonLocation(ContentReference.unknown(), at, (int) line, (int)
                (at - lineStart + 1)));
    }
}
