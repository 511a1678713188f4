package dev.geotherm.diff.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import org.jspecify.annotations.Nullable;

/** Compression by Zstandard, and its dictionaries. Only this class refers to the library, which is optional. */
final class ZstdBlocks {
    private ZstdBlocks() {}

    static byte[] compress(byte[] bytes, int level, byte @Nullable [] dictionary) {
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            context.setLevel(level).setContentSize(false).setDictID(false).setMagicless(true);
            if (dictionary != null) {
                context.setWindowLog(windowLog(bytes.length + dictionary.length))
                        .loadDict(dictionary);
            }
            return context.compress(bytes);
        }
    }

    /** Returns the base-2 logarithm of a window that covers the given number of bytes. */
    private static int windowLog(long bytes) {
        return Math.max(10, Math.min(27, Long.SIZE - Long.numberOfLeadingZeros(bytes)));
    }

    static int decompress(byte[] from, int start, byte[] to, byte @Nullable [] dictionary) {
        try (ZstdDecompressCtx context = new ZstdDecompressCtx()) {
            context.setMagicless(true);
            if (dictionary != null) {
                context.loadDict(dictionary);
            }
            return context.decompressByteArray(to, 0, to.length, from, start, from.length - start);
        }
    }

    static int dictionaryId(byte[] dictionary) {
        return (int) Zstd.getDictIdFromDict(dictionary);
    }

    /**
     * Trains a dictionary and returns its length.
     *
     * @throws IllegalArgumentException if the samples have nothing in common
     */
    static int train(byte[][] samples, byte[] into) {
        try {
            long length = Zstd.trainFromBuffer(samples, into);
            if (Zstd.isError(length)) {
                throw new IllegalArgumentException(Zstd.getErrorName(length));
            }
            return (int) length;
        } catch (ZstdException nothingInCommon) {
            throw new IllegalArgumentException(nothingInCommon.getMessage(), nothingInCommon);
        }
    }

    static boolean work() {
        return Zstd.maxCompressionLevel() > 0;
    }
}
