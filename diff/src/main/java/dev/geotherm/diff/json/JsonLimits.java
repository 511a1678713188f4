package dev.geotherm.diff.json;

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
public final class JsonLimits {
    public static final String KIND = "kind";
    public static final String PATH = "path";
    public static final String FROM = "from";
    public static final String BEFORE = "before";
    public static final String AFTER = "after";
    public static final String SPLICE = "splice";
    public static final String MAGNITUDE = "magnitude";

    /** Bounds for both sides: what is written can be read, and what is read costs a small multiple of its bytes. */
    public static final int MOST_BYTES = 256 << 20;

    public static final int MOST_LEVELS = 10_000;
    public static final int MOST_DIGITS = 10_000;

    public static final JsonFactory JSON = new JsonFactoryBuilder()
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

    private JsonLimits() {}
}
