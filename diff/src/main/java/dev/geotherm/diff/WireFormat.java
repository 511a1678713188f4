package dev.geotherm.diff;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;

/**
 * The JSON form of deltas: an array of changes in UTF-8. A change is an object of {@code kind}, {@code path}, {@code from},
 * {@code before}, {@code after}, {@code splice} ({@code [start, length, text]}) and {@code magnitude}, each left out
 * where it is null, the magnitude where it is 1.
 */
final class WireFormat {
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
}
