package dev.geotherm.diff.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.ContentReference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import org.jspecify.annotations.Nullable;

/**
 * A factory of parsers for JSON bytes in UTF-8, UTF-16 or UTF-32; the encoding is detected. Bytes that are not valid in
 * the encoding are refused with their position.
 */
public final class JsonSource {
    private static final int HEAD = 4;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private JsonSource() {}

    /** Returns a parser; closing it closes the stream. */
    public static JsonParser parser(InputStream in) throws IOException {
        byte[] head = in.readNBytes(HEAD);
        InputStream all = new SequenceInputStream(new ByteArrayInputStream(head), in);
        Charset wide = wide(head);
        if (wide == null) {
            return JsonLimits.JSON.createParser(new Utf8Input(all));
        }
        try (all) {
            return JsonLimits.JSON.createParser(decoded(all.readAllBytes(), wide));
        }
    }

    /** Returns a parser. */
    public static JsonParser parser(byte[] bytes) throws IOException {
        return parser(new ByteArrayInputStream(bytes));
    }

    /** Returns the encoding of a text in which an ASCII character takes two or four bytes; null for UTF-8. */
    private static @Nullable Charset wide(byte[] head) {
        if (head.length < 2) {
            return null;
        }
        int first = (head[0] & 0xFF) << 8 | (head[1] & 0xFF);
        int next = head.length < HEAD ? -1 : (head[2] & 0xFF) << 8 | (head[3] & 0xFF);
        if (first == 0) {
            return Charset.forName("UTF-32BE");
        } else if (next == 0 && (first == 0xFFFE || (first & 0xFF) == 0)) {
            return Charset.forName("UTF-32LE");
        } else if (first == 0xFEFF || first >>> 8 == 0) {
            return Charset.forName("UTF-16BE");
        }
        return first == 0xFFFE || (first & 0xFF) == 0 ? Charset.forName("UTF-16LE") : null;
    }

    private static String decoded(byte[] bytes, Charset charset) throws JsonParseException {
        CharsetDecoder decoder = charset.newDecoder(); // reports malformed input
        CharBuffer text = CharBuffer.allocate(bytes.length / 2 + 2);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
        text.flip();
        if (result.isError()) {
            long line = 1 + text.chars().filter(c -> c == '\n').count();
            int column = text.length() - text.toString().lastIndexOf('\n');
            throw new JsonParseException(
                    null,
                    "not " + charset + "; convert the file to UTF-8",
                    new JsonLocation(ContentReference.unknown(), -1, text.length(), (int) line, column));
        }
        boolean marked = text.hasRemaining() && text.charAt(0) == BYTE_ORDER_MARK;
        return text.toString().substring(marked ? 1 : 0);
    }
}
