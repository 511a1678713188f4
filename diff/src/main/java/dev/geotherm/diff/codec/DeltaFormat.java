package dev.geotherm.diff.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.DeltaCodec;
import dev.geotherm.delta.DeltaException;

/** The forms in which deltas are written. */
public enum DeltaFormat {
    /** JSON of this library: each change as it is, for tools and for people who look. */
    DELTA,
    /** A JSON Patch (RFC 6902), which others understand. */
    JSON_PATCH,
    /** A JSON Merge Patch (RFC 7396): short to write by hand; cannot put a null, and gives arrays as a whole. */
    MERGE_PATCH,
    /** The binary form, compressed for size. */
    BINARY;

    /** Returns a codec for this form. */
    public DeltaCodec codec() {
        return switch (this) {
            case DELTA -> new JsonDeltaCodec();
            case JSON_PATCH -> new JsonPatchCodec();
            case MERGE_PATCH -> new MergePatchCodec();
            case BINARY -> new BinaryDeltaCodec(CompressionPolicy.SIZE);
        };
    }

    /**
     * Returns which form some bytes are in. An object of JSON is a merge patch; an array is told by its first element, an
     * empty one is a delta without changes in two forms.
     *
     * @throws DeltaException if they are in none, or it cannot be told: an array may also be a merge patch that replaces a
     *     whole state
     */
    public static DeltaFormat of(byte[] bytes) {
        if (DeltaFrame.begins(bytes)) {
            return BINARY;
        }
        JsonNode text = StateText.read(bytes);
        if (text.isObject()) {
            return MERGE_PATCH;
        } else if (text.isArray() && (text.isEmpty() || text.get(0).has("kind"))) {
            return DELTA;
        } else if (text.isArray() && text.get(0).has("op")) {
            return JSON_PATCH;
        }
        throw new DeltaException(
                "these bytes are none of delta, json-patch, merge-patch and binary, or it cannot be told;"
                        + " say which");
    }
}
