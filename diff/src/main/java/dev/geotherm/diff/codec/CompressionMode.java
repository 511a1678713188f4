package dev.geotherm.diff.codec;

import dev.geotherm.delta.DeltaException;
import java.util.ArrayList;
import java.util.List;

/**
 * A compression mode: method, level and dictionary.
 *
 * @param method the compression method
 * @param level the compression level
 * @param help the dictionary that both sides have
 */
record CompressionMode(Compression method, int level, Help help) {
    static final CompressionMode PLAIN = new CompressionMode(Compression.PLAIN, 0, Help.NONE);

    /** A mode with output that is always within the limits of readers. */
    static final CompressionMode WITHIN_BOUNDS = new CompressionMode(Compression.DEFLATE, 6, Help.NONE);

    /** The kinds of dictionaries; frames contain their numbers. */
    enum Help {
        NONE,
        /** A dictionary learned from the history. */
        DICTIONARY,
        /** The texts of the state to which the delta applies. */
        STATE;

        private static final Help[] ALL = values();

        static Help of(int number) {
            if (number >= ALL.length) {
                throw new DeltaException("the delta was compressed with an unknown kind of dictionary: " + number);
            }
            return ALL[number];
        }

        @SuppressWarnings("EnumOrdinal") // the order is part of the form
        int number() {
            return ordinal();
        }
    }

    /** Returns the modes to try under a policy, starting with the uncompressed one. */
    static List<CompressionMode> of(CompressionPolicy policy, boolean dictionary, boolean state) {
        List<CompressionMode> all = new ArrayList<>(List.of(PLAIN));
        switch (policy) {
            case NONE -> {}
            case SIZE -> {
                all.add(new CompressionMode(Compression.DEFLATE, 9, Help.NONE));
                zstd(all, 19, dictionary);
                if (state) {
                    all.add(new CompressionMode(Compression.ZSTD, 22, Help.STATE));
                }
            }
            case BALANCED -> {
                all.add(new CompressionMode(Compression.DEFLATE, 6, Help.NONE));
                all.add(new CompressionMode(Compression.LZ4, 0, Help.NONE));
                zstd(all, 3, dictionary);
            }
            case SPEED -> {
                all.add(new CompressionMode(Compression.LZ4, 0, Help.NONE));
                zstd(all, 1, dictionary);
            }
        }
        all.removeIf(packing -> !packing.method.isThere());
        return all;
    }

    private static void zstd(List<CompressionMode> all, int level, boolean dictionary) {
        all.add(new CompressionMode(Compression.ZSTD, level, Help.NONE));
        if (dictionary) {
            all.add(new CompressionMode(Compression.ZSTD, level, Help.DICTIONARY));
        }
    }
}
