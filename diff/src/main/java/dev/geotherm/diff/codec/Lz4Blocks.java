package dev.geotherm.diff.codec;

import net.jpountz.lz4.LZ4Factory;

/** Compression by LZ4. Only this class refers to the library, which is optional. */
final class Lz4Blocks {
    private Lz4Blocks() {}

    static byte[] compress(byte[] bytes) {
        return LZ4Factory.fastestInstance().fastCompressor().compress(bytes);
    }

    static int decompress(byte[] from, int start, byte[] to) {
        return LZ4Factory.fastestInstance()
                .safeDecompressor()
                .decompress(from, start, from.length - start, to, 0, to.length);
    }

    static boolean work() {
        return LZ4Factory.fastestInstance() != null;
    }
}
