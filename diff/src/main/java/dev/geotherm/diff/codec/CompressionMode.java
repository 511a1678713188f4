package dev.geotherm.diff.codec;

import dev.geotherm.delta.DeltaException;
import java.util.ArrayList;
import java.util.List;

/**
 * A compression mode: method, level and dictionary.
 *
 * @param method the compression method
 * @param level the compression level
 * @param dictionary the dictionary that both sides have
 */
record CompressionMode(Compression method, int level, DictionaryKind dictionary) {
    static final CompressionMode PLAIN = new CompressionMode(Compression.PLAIN, 0, DictionaryKind.NONE);

    /** A mode with output that is always within the limits of readers. */
    static final CompressionMode WITHIN_BOUNDS = new CompressionMode(Compression.DEFLATE, 6, DictionaryKind.NONE);

    /** The kinds of dictionaries; frames contain their numbers. */
    enum DictionaryKind {
        NONE,
        /** A dictionary learned from the history. */
        TRAINED,
        /** The texts of the state to which the delta applies. */
        STATE;

        private static final DictionaryKind[] ALL = values();

        static DictionaryKind of(int number) {
            if (number >= ALL.length) {
                throw new DeltaException("the delta was compressed with an unknown kind of dictionary: " + number);
            }
            return ALL[number];
        }

        @SuppressWarnings("EnumOrdinal") // the order is part of the format
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
                all.add(new CompressionMode(Compression.DEFLATE, 9, DictionaryKind.NONE));
                zstd(all, 19, dictionary);
                if (state) {
                    all.add(new CompressionMode(Compression.ZSTD, 22, DictionaryKind.STATE));
                }
            }
            case BALANCED -> {
                all.add(new CompressionMode(Compression.DEFLATE, 6, DictionaryKind.NONE));
                all.add(new CompressionMode(Compression.LZ4, 0, DictionaryKind.NONE));
                zstd(all, 3, dictionary);
            }
            case SPEED -> {
                all.add(new CompressionMode(Compression.LZ4, 0, DictionaryKind.NONE));
                zstd(all, 1, dictionary);
            }
        }
        all.removeIf(mode -> !mode.method.isAvailable());
        return all;
    }

    private static void zstd(List<CompressionMode> all, int level, boolean dictionary) {
        all.add(new CompressionMode(Compression.ZSTD, level, DictionaryKind.NONE));
        if (dictionary) {
            all.add(new CompressionMode(Compression.ZSTD, level, DictionaryKind.TRAINED));
        }
    }
}
