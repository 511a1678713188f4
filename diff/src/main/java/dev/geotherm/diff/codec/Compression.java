package dev.geotherm.diff.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.geotherm.delta.DeltaException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.jspecify.annotations.Nullable;

/** A compression method; frames contain its number. */
enum Compression {
    PLAIN {
        @Override
        byte[] compress(byte[] bytes, int level, byte @Nullable [] dictionary) {
            return bytes;
        }

        @Override
        int decompress(byte[] from, int start, byte[] to, byte @Nullable [] dictionary) {
            int length = from.length - start;
            System.arraycopy(from, start, to, 0, Math.min(length, to.length));
            return length;
        }
    },

    DEFLATE {
        @Override
        byte[] compress(byte[] bytes, int level, byte @Nullable [] dictionary) {
            Deflater deflater = new Deflater(level, true);
            try {
                deflater.setInput(bytes);
                deflater.finish();
                byte[] small = new byte[bytes.length];
                int length = deflater.deflate(small);
                return deflater.finished() ? Arrays.copyOf(small, length) : bytes;
            } finally {
                deflater.end();
            }
        }

        @Override
        int decompress(byte[] from, int start, byte[] to, byte @Nullable [] dictionary) throws DataFormatException {
            Inflater inflater = new Inflater(true);
            try {
                inflater.setInput(from, start, from.length - start);
                int filled = inflater.inflate(to);
                // A full buffer does not mean that the end has been reached.
                int more = inflater.finished() ? 0 : inflater.inflate(new byte[1]);
                return inflater.finished() && inflater.getRemaining() == 0 ? filled + more : -1;
            } finally {
                inflater.end();
            }
        }
    },

    LZ4 {
        @Override
        byte[] compress(byte[] bytes, int level, byte @Nullable [] dictionary) {
            return LZ4Factory.fastestInstance().fastCompressor().compress(bytes);
        }

        @Override
        int decompress(byte[] from, int start, byte[] to, byte @Nullable [] dictionary) {
            return LZ4Factory.fastestInstance()
                    .safeDecompressor()
                    .decompress(from, start, from.length - start, to, 0, to.length);
        }
    },

    ZSTD {
        @Override
        byte[] compress(byte[] bytes, int level, byte @Nullable [] dictionary) {
            try (ZstdCompressCtx context = new ZstdCompressCtx()) {
                context.setLevel(level).setContentSize(false).setDictID(false).setMagicless(true);
                if (dictionary != null) {
                    context.setWindowLog(windowLog(bytes.length + dictionary.length))
                            .loadDict(dictionary);
                }
                return context.compress(bytes);
            }
        }

        @Override
        int decompress(byte[] from, int start, byte[] to, byte @Nullable [] dictionary) {
            try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
                context.setMagicless(true);
                if (dictionary != null) {
                    context.loadDict(dictionary);
                }
                return context.decompressByteArray(to, 0, to.length, from, start, from.length - start);
            }
        }
    };

    private static final Compression[] ALL = values();

    static Compression of(int number) {
        if (number >= ALL.length) {
            throw new DeltaException("unknown compression method " + number);
        }
        return ALL[number];
    }

    @SuppressWarnings("EnumOrdinal") // the order is part of the form
    int number() {
        return ordinal();
    }

    /** Compresses bytes for {@link #decompress}; if the result is not shorter, returns any array of the same length. */
    abstract byte[] compress(byte[] bytes, int level, byte @Nullable [] dictionary);

    /** Decompresses into the array and returns the number of bytes; any number other than its length means failure. */
    abstract int decompress(byte[] from, int start, byte[] to, byte @Nullable [] dictionary)
            throws DataFormatException, LZ4Exception, ZstdException;

    /** Returns the logarithm of a window that covers the given number of bytes. */
    private static int windowLog(long bytes) {
        return Math.max(10, Math.min(27, Long.SIZE - Long.numberOfLeadingZeros(bytes)));
    }

    /** Returns whether the method is available: native methods may have no library for the platform. */
    boolean isThere() {
        return this != ZSTD || Native.ZSTD;
    }

    private static final class Native {
        static final boolean ZSTD = tried();

        private static boolean tried() {
            try {
                return Zstd.maxCompressionLevel() > 0;
            } catch (LinkageError noLibrary) {
                return false;
            }
        }
    }
}
