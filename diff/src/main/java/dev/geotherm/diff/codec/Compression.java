package dev.geotherm.diff.codec;

import dev.geotherm.delta.DeltaException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
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
            return Lz4Blocks.compress(bytes);
        }

        @Override
        int decompress(byte[] from, int start, byte[] to, byte @Nullable [] dictionary) {
            return Lz4Blocks.decompress(from, start, to);
        }

        @Override
        boolean tried() {
            return Lz4Blocks.work();
        }

        @Override
        String library() {
            return "LZ4, by at.yawk.lz4:lz4-java";
        }
    },

    ZSTD {
        @Override
        byte[] compress(byte[] bytes, int level, byte @Nullable [] dictionary) {
            return ZstdBlocks.compress(bytes, level, dictionary);
        }

        @Override
        int decompress(byte[] from, int start, byte[] to, byte @Nullable [] dictionary) {
            return ZstdBlocks.decompress(from, start, to, dictionary);
        }

        @Override
        boolean tried() {
            return ZstdBlocks.work();
        }

        @Override
        String library() {
            return "Zstandard, by com.github.luben:zstd-jni";
        }
    };

    private static final Compression[] ALL = values();

    static Compression of(int number) {
        if (number >= ALL.length) {
            throw new DeltaException("unknown compression method " + number);
        }
        return ALL[number];
    }

    @SuppressWarnings("EnumOrdinal") // the order is part of the format
    int number() {
        return ordinal();
    }

    /** Compresses bytes for {@link #decompress}; if the result is not shorter, returns any array of the same length. */
    abstract byte[] compress(byte[] bytes, int level, byte @Nullable [] dictionary);

    /** Fills the array and returns the number of decompressed bytes, or any other number if they do not fit exactly. */
    abstract int decompress(byte[] from, int start, byte[] to, byte @Nullable [] dictionary) throws DataFormatException;

    /** Calls the library of this method; throws an error if it is not on the class path or has no native code here. */
    boolean tried() {
        return true;
    }

    /** Returns the name of the method and its library. */
    String library() {
        return name();
    }

    /**
     * Returns whether the method is available: its library may be missing on the class path, or lack native code for
     * the platform.
     */
    boolean isAvailable() {
        return switch (this) {
            case LZ4 -> Native.LZ4_WORKS;
            case ZSTD -> Native.ZSTD_WORKS;
            default -> true;
        };
    }

    /**
     * Throws if the method's library is not available.
     *
     * @param what the feature that needs it, for the message
     */
    void requireAvailable(String what) {
        if (!isAvailable()) {
            throw new DeltaException(what + " needs " + library()
                    + ", which is not on the class path or has no native code for this platform");
        }
    }

    private static final class Native {
        static final boolean LZ4_WORKS = works(LZ4);
        static final boolean ZSTD_WORKS = works(ZSTD);

        private static boolean works(Compression method) {
            try {
                return method.tried();
            } catch (LinkageError noLibrary) {
                return false;
            }
        }
    }
}
