package dev.geotherm.diff.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;

/** The limits of JSON texts that this module writes and reads, and a JSON factory with these limits. */
public final class JsonLimits {
    /**
     * The same for both directions, so that everything that is written can be read; the memory of a reader is a small
     * multiple of the bytes.
     */
    public static final int MAX_BYTES = 256 << 20;

    public static final int MAX_LEVELS = 10_000;
    public static final int MAX_DIGITS = 10_000;

    public static final JsonFactory JSON = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_LEVELS + 2)
                    .maxNumberLength(MAX_DIGITS + 100)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(MAX_LEVELS + 2)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build()
            .enable(JsonGenerator.Feature.COMBINE_UNICODE_SURROGATES_IN_UTF8); // one character, not two escapes

    private JsonLimits() {}
}
