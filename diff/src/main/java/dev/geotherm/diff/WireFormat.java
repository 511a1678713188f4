package dev.geotherm.diff;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;

/**
 * The wire form of deltas, version 1: a header of {@value #HEADER} bytes and a JSON array of changes in UTF-8.
 *
 * <p>Header: {@code G T D}, the version, the method (0 plain, 1 deflate), the CRC-32C of all that follows it with the
 * method before, the length of the JSON in bytes. A change is an object of {@code kind}, {@code path}, {@code from},
 * {@code before}, {@code after}, {@code splice} ({@code [start, length, text]}) and {@code magnitude}, each left out
 * where it is null, the magnitude where it is 1.
 */
final class WireFormat {
    static final byte[] MAGIC = {'G', 'T', 'D'};
    static final byte VERSION = 1;
    static final byte PLAIN = 0;
    static final byte DEFLATE = 1;
    static final int HEADER = 13;

    static final String KIND = "kind";
    static final String PATH = "path";
    static final String FROM = "from";
    static final String BEFORE = "before";
    static final String AFTER = "after";
    static final String SPLICE = "splice";
    static final String MAGNITUDE = "magnitude";

    /** Bounds for both sides: what is written can be read, and what is read costs a small multiple of its bytes. */
    static final int MOST_BYTES = 256 << 20;

    static final int MOST_LEVELS = 10_000;
    static final int MOST_DIGITS = 10_000;

    static final JsonFactory JSON = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_LEVELS + 2)
                    .maxNumberLength(MOST_DIGITS + 100)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(MOST_LEVELS + 2)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private WireFormat() {}

    /** Returns how many bytes a compressed text of the given length may expand to: far less than deflate can do. */
    static long mostExpanded(int compressed) {
        return Math.min(MOST_BYTES, 64L * compressed + (64 << 10));
    }
}
