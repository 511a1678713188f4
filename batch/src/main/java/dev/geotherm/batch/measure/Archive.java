package dev.geotherm.batch.measure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.geotherm.api.GeothermException;
import dev.geotherm.storage.StrictGzipStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A compressed file format.
 *
 * <p>Zstandard needs the optional library {@code com.github.luben:zstd-jni}.
 */
public enum Archive {
    /** The format of {@code gzip}. */
    GZIP(".gz", "\u001f\u008b") {
        @Override
        InputStream decompress(InputStream in) {
            return new StrictGzipStream(in);
        }
    },

    /** The format of {@code zstd}; {@code pzstd} writes a skippable frame first. */
    ZSTANDARD(".zst", "\\(\u00b5/\u00fd|[P-_]\\*M\u0018") {
        @Override
        InputStream decompress(InputStream in) throws IOException {
            try {
                return new ZstandardStream(in);
            } catch (LinkageError missing) {
                throw new GeothermException(
                        "is compressed with Zstandard, which needs the library com.github.luben:zstd-jni; add it, or"
                                + " decompress the file with unzstd",
                        missing);
            }
        }
    };

    private static final int LONGEST_HEAD = 4;

    private final String ending;
    private final Pattern head; // matches the first bytes, read as Latin-1

    Archive(String ending, String head) {
        this.ending = ending;
        this.head = Pattern.compile(head);
    }

    /** Returns the file extension with its dot. */
    public String ending() {
        return ending;
    }

    /**
     * Returns the name of a file without the extension of an archive: {@code a.txt} for {@code a.txt.gz} and {@code a.txt}.
     */
    public static String unpackedName(String name) {
        Archive archive = ofName(name);
        return archive == null ? name : name.substring(0, name.length() - archive.ending.length());
    }

    /**
     * Returns the decompressed content of a file. The format is detected by the name, or else by the first bytes. A file
     * that is not an archive is returned as is. Closing the returned stream closes the file.
     *
     * @throws IOException if the file cannot be read; the returned stream also throws it where an archive is damaged
     * @throws GeothermException if a required library is missing; the message does not name the file
     */
    static InputStream open(String name, InputStream file) throws IOException {
        InputStream in = new BufferedInputStream(file);
        in.mark(LONGEST_HEAD);
        byte[] start = in.readNBytes(LONGEST_HEAD);
        in.reset();
        Archive named = ofName(name);
        Archive archive = named == null ? ofContent(start) : named;
        if (archive == null) {
            return in;
        }
        if (start.length == 0) {
            throw new EOFException("the archive is empty");
        }
        return archive.decompress(in);
    }

    private static @Nullable Archive ofName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        for (Archive each : values()) {
            if (lower.endsWith(each.ending)) {
                return each;
            }
        }
        return null;
    }

    private static @Nullable Archive ofContent(byte[] start) {
        String characters = new String(start, ISO_8859_1);
        for (Archive each : values()) {
            if (each.head.matcher(characters).lookingAt()) {
                return each;
            }
        }
        return null;
    }

    abstract InputStream decompress(InputStream in) throws IOException;

    /** A stream that fails with the same exceptions as the JDK's archive streams. */
    private static final class ZstandardStream extends FilterInputStream {
        ZstandardStream(InputStream in) throws IOException {
            super(new ZstdInputStreamNoFinalizer(in));
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            try {
                return super.read(into, from, length);
            } catch (ZstdIOException damaged) {
                if ("Truncated source".equals(damaged.getMessage())) {
                    throw new EOFException("the archive ends within a frame");
                }
                throw new ZipException(damaged.getMessage());
            }
        }
    }
}
