package dev.geotherm.batch.measure;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.GeothermException;
import dev.geotherm.storage.FailureReason;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A strict reader of the lines of a UTF-8 file, which can be an {@link Archive}. It counts the lines.
 *
 * <p>Invalid UTF-8, a damaged or truncated archive, and a line longer than {@value #MAX_LINE_BYTES} bytes are refused with a
 * {@link GeothermException} that names the file and line. A byte order mark at the start of the file and a carriage return
 * at the end of a line are removed. Only one line is in memory at a time. Not thread-safe.
 */
public final class TextLines implements AutoCloseable {
    /** A longer line indicates a wrong file, and would exhaust memory. */
    private static final int MAX_LINE_BYTES = 64 << 20;

    /**
     * The separator of columns, for {@link String#split}: white space as C defines it, because TREC's tools are written in
     * C.
     */
    static final String BLANKS = "[ \\t\\x0B\\f\\r]+";

    private static final int BUFFER = 1 << 16;

    /** What a lenient decoder writes in place of bytes that are not UTF-8. */
    private static final char REPLACEMENT = '\uFFFD';

    private final String name;
    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private int number;
    /** The length of the last line in bytes, with and without a carriage return at its end. */
    private int length;

    private int bytes;

    private TextLines(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    /**
     * Opens a file.
     *
     * @throws GeothermException if the file does not exist, cannot be read, or is not a regular file
     */
    public static TextLines open(Path file) {
        return new TextLines(file.toString(), stream(file, file.toString()));
    }

    /**
     * Reads lines from a stream, which {@link #close} closes.
     *
     * @param name the name of the stream in messages
     */
    public static TextLines of(String name, InputStream in) {
        return new TextLines(requireNonNull(name, "name"), requireNonNull(in, "in"));
    }

    /**
     * Opens a file for reading, and decompresses it if its name or its first bytes identify an {@link Archive}. Reading
     * throws an {@link IOException} where the archive is damaged.
     *
     * @param name the name of the file in messages
     * @throws GeothermException if the file does not exist, cannot be read, or is not a regular file
     */
    public static InputStream stream(Path file, String name) {
        try {
            if (Files.isDirectory(file)) {
                throw new GeothermException(name + ": is a folder; a file was expected");
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw new GeothermException(
                        name + ": is a pipe, a socket or a device; a file was expected:" + " write it to one first");
            }
            InputStream raw = Files.newInputStream(file);
            try {
                return Archive.open(file.toString(), raw);
            } catch (GeothermException noLibrary) {
                raw.close();
                throw new GeothermException(name + ": " + noLibrary.getMessage(), noLibrary);
            } catch (IOException | RuntimeException | Error failed) {
                raw.close();
                throw failed;
            }
        } catch (IOException failure) {
            throw failure(name, failure);
        }
    }

    /** Returns up to eight of the following bytes without consuming them. */
    public byte[] start() {
        if (at == end) {
            fill();
        }
        return Arrays.copyOfRange(buffer, at, Math.min(end, at + Long.BYTES));
    }

    /**
     * Returns the next line without its line terminator, or null after the last one.
     *
     * @throws GeothermException if it cannot be read or is not UTF-8
     */
    public @Nullable String next() {
        line.reset();
        number++;
        boolean some = false;
        while (at < end || fill()) {
            some = true;
            int start = at;
            int stop = at;
            while (stop < end && buffer[stop] != '\n') {
                stop++;
            }
            at = stop + 1;
            if (stop < end && line.size() == 0) {
                return decoded(buffer, start, stop); // without a copy, as almost all lines
            }
            line.write(buffer, start, stop - start);
            if (line.size() > MAX_LINE_BYTES) {
                throw failure("is longer than " + MAX_LINE_BYTES + " bytes; lines of text were expected");
            }
            if (stop < end) {
                return decoded(line.toByteArray(), 0, line.size());
            }
        }
        return some ? decoded(line.toByteArray(), 0, line.size()) : null;
    }

    /**
     * Returns the next non-blank line without its line terminator, or null after the last one. Skipped blank lines still
     * count for {@link #number}.
     *
     * @throws GeothermException if it cannot be read or is not UTF-8, or if more than {@value #MAX_LINE_BYTES} bytes of
     *     blank lines precede it
     */
    public @Nullable String nextText() {
        long blank = 0;
        while (blank <= MAX_LINE_BYTES) {
            while (at < end && buffer[at] == '\n') { // a fast path: an archive can contain a billion empty lines
                number++;
                at++;
                blank++;
            }
            if (at < end) {
                String text = next();
                if (text == null || !text.isBlank()) {
                    return text;
                }
                blank += length + 1;
            } else if (!fill()) {
                return null;
            }
        }
        throw failure("follows more than " + MAX_LINE_BYTES + " bytes of blank lines; lines of text were expected");
    }

    private boolean fill() {
        try {
            at = 0;
            end = 0;
            end = Math.max(0, in.read(buffer));
            return end > 0;
        } catch (IOException failure) {
            throw failure(where(), failure);
        }
    }

    private String decoded(byte[] source, int from, int to) {
        length = to - from;
        bytes = to > from && source[to - 1] == '\r' ? length - 1 : length;
        String text = new String(source, from, bytes, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0) {
            requireUtf8(ByteBuffer.wrap(source, from, bytes));
        }
        return number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Tells bytes that are no text from a text that contains the character that replaces them. */
    private void requireUtf8(ByteBuffer encoded) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(encoded);
        } catch (CharacterCodingException malformed) {
            throw new GeothermException(
                    where() + ": is not UTF-8; convert the file, for example with iconv", malformed);
        }
    }

    /** Returns the one-based number of the last line read. */
    public int number() {
        return number;
    }

    /** Returns the length of the last line in bytes, without its line terminator; a byte order mark counts. */
    public int bytes() {
        return bytes;
    }

    /** Returns the name of the file and the line number, as {@code file:line}. */
    public String where() {
        return name + ":" + number;
    }

    /** Returns an exception about the last line read; its message starts with {@code file:line: }. */
    public GeothermException failure(String message) {
        return new GeothermException(where() + ": " + message);
    }

    /** Returns an exception for a failure to read {@code what}, with a readable reason. */
    public static GeothermException failure(String what, IOException failure) {
        String reason;
        if (failure instanceof NoSuchFileException) {
            reason = "there is no such file";
        } else if (failure instanceof AccessDeniedException) {
            reason = "may not be read; look at its permissions";
        } else if (failure instanceof EOFException) {
            reason = "the archive ends too early; it was not copied completely";
        } else if (failure instanceof ZipException) {
            reason = "is not a whole archive (" + failure.getMessage() + "); was it copied completely?";
        } else {
            reason = "cannot be read: " + FailureReason.of(failure);
        }
        return new GeothermException(what + ": " + reason, failure);
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException failure) {
            throw failure(name, failure);
        }
    }
}
