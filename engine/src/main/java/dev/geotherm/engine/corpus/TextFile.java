package dev.geotherm.engine.corpus;

import dev.geotherm.api.GeothermException;
import dev.geotherm.batch.measure.TextLines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;

/** The decoding of a text file, in UTF-8 or, for an HTML page, in its declared encoding. */
final class TextFile {
    /** The maximum size. A larger file is not a readable text, and would exhaust memory. */
    private static final int LONGEST = 64 << 20;

    /** The signatures of other formats, each with a description and a remedy. */
    private static final Map<String, String> FORMATS = Map.ofEntries(
            Map.entry("%PDF-", "a PDF; convert it, for example with pdftotext"),
            Map.entry("PK\003\004", "a zip archive, as of .docx, .odt or .epub; convert or unpack it"),
            Map.entry("\037\213", "an archive within an archive; unpack it"),
            Map.entry("(\265/\375", "an archive within an archive; unpack it"),
            Map.entry("\3757zXZ", "an archive of xz; unpack it with unxz"),
            Map.entry("BZh91AY&", "an archive of bzip2; unpack it with bunzip2"),
            Map.entry("\004\"M\030", "an archive of LZ4; unpack it with unlz4"),
            Map.entry("PAR1\025", "a Parquet file; convert it to JSON Lines"),
            Map.entry("{\\rtf", "an RTF; convert it, for example with pandoc"),
            Map.entry("\320\317\021\340", "a legacy Office document; convert it"),
            Map.entry("\211PNG", "an image"),
            Map.entry("\377\330\377", "an image"));

    private TextFile() {}

    /**
     * Returns the whole content of a file, including the tags of a page; {@code page} says whether it can declare its
     * encoding.
     */
    static String decode(String file, byte[] bytes, boolean page) {
        requireText(file, bytes);
        String text = decode(file, bytes, page ? charset(bytes) : StandardCharsets.UTF_8);
        int zero = text.indexOf('\0');
        if (zero >= 0) {
            throw new GeothermException(file + ":" + line(text.chars().limit(zero)) + ": is binary; text was expected");
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Detects common formats under a wrong name, for which a hint about encodings would be misleading. */
    static void requireText(String file, byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, 8), StandardCharsets.ISO_8859_1);
        FORMATS.forEach((signature, remedy) -> {
            if (start.startsWith(signature)) {
                throw new GeothermException(file + ": is not text but " + remedy);
            }
        });
    }

    /** Reads a file, with a name for messages. */
    static byte[] bytes(Path file, String name) {
        try (InputStream in = TextLines.stream(file, name)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length > LONGEST) {
                throw new GeothermException(
                        name + ": is longer than " + LONGEST + " bytes, too long for one document; split it");
            }
            return bytes;
        } catch (IOException failure) {
            throw TextLines.failure(name, failure);
        }
    }

    /**
     * Returns the encoding of a page: UTF-8 if the bytes are valid UTF-8, as in nearly all pages, otherwise the declared
     * one.
     */
    private static Charset charset(byte[] bytes) {
        if (decodes(bytes)) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Jsoup.parse(new ByteArrayInputStream(bytes), null, "").charset();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static boolean decodes(byte[] bytes) {
        CharBuffer out = CharBuffer.allocate(bytes.length + 1);
        return !strict(StandardCharsets.UTF_8)
                .decode(ByteBuffer.wrap(bytes), out, true)
                .isError();
    }

    private static String decode(String file, byte[] bytes, Charset charset) {
        CharsetDecoder decoder = strict(charset);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate((int) (bytes.length * (double) decoder.maxCharsPerByte()) + 1);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            throw new GeothermException(file + ":" + line(out.flip().chars()) + ": is not " + charset
                    + "; convert the file, for example with iconv");
        }
        decoder.flush(out);
        return out.flip().toString();
    }

    private static CharsetDecoder strict(Charset charset) {
        return charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private static long line(IntStream before) {
        return before.filter(c -> c == '\n').count() + 1;
    }
}
