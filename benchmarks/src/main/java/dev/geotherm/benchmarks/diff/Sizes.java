package dev.geotherm.benchmarks.diff;

import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/** The sizes of bytes, plain and compressed. */
record Sizes(int raw, int gzip, int zstd3, int zstd19) {
    private static final int HIGHEST = 22;

    /** The largest window that Zstandard chooses by default at the highest level. */
    private static final int LONGEST_WINDOW = 27;

    static Sizes of(byte[] bytes) {
        return new Sizes(bytes.length, gzip(bytes), zstd(bytes, 3), zstd(bytes, 19));
    }

    static int gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return out.size();
    }

    static int zstd(byte[] bytes, int level) {
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            return context.setLevel(level).compress(bytes).length;
        }
    }

    /** Returns the size at the highest level if the receiver has the old state and uses it as a dictionary. */
    static int zstdWithDictionary(byte[] bytes, byte[] dictionary) {
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            context.setLevel(HIGHEST).setLong(LONGEST_WINDOW).loadDict(dictionary);
            return context.compress(bytes).length;
        }
    }
}
