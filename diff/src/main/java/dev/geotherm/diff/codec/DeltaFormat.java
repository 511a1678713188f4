package dev.geotherm.diff.codec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.DeltaCodec;
import dev.geotherm.delta.DeltaException;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The formats of deltas. This is the single list that the commands {@code diff} and {@code patch}, their help and
 * completion use. To add a format, add a codec and a constant here.
 */
@SuppressWarnings("ImmutableEnumChecker") // the functions are stateless
public enum DeltaFormat {
    /** The JSON format of this library. */
    DELTA(
            "delta",
            "each change as JSON, with the old values",
            JsonDeltaCodec::new,
            null,
            json -> json.isArray() && (json.isEmpty() || json.get(0).has(DeltaMembers.KIND))),
    /** JSON Patch (RFC 6902). */
    JSON_PATCH(
            "json-patch",
            "RFC 6902; a changed text as a whole",
            JsonPatchCodec::new,
            null,
            json -> json.isArray() && !json.isEmpty() && json.get(0).has("op")),
    /** JSON Merge Patch (RFC 7396). */
    MERGE_PATCH(
            "merge-patch",
            "RFC 7396; an array as a whole, and no null in an object",
            MergePatchCodec::new,
            null,
            JsonNode::isObject),
    /** The binary format of this library, compressed for size. */
    BINARY(
            "binary",
            "the smallest; applies only to the document that it was made from",
            () -> new BinaryDeltaCodec(CompressionPolicy.SIZE),
            DeltaFrame::begins,
            null);

    private final String id;
    private final String description;
    private final Supplier<DeltaCodec> codecs;
    private final @Nullable Predicate<byte[]> magic;
    private final @Nullable Predicate<JsonNode> shape;

    DeltaFormat(
            String id,
            String description,
            Supplier<DeltaCodec> codecs,
            @Nullable Predicate<byte[]> magic,
            @Nullable Predicate<JsonNode> shape) {
        this.id = id;
        this.description = description;
        this.codecs = codecs;
        this.magic = magic;
        this.shape = shape;
    }

    /** Returns the name for the command line. */
    public String id() {
        return id;
    }

    /** Returns the description for help texts: a phrase. */
    public String description() {
        return description;
    }

    /** Returns whether deltas of this format are JSON texts. */
    public boolean isText() {
        return shape != null;
    }

    /** Returns a new codec of this format. */
    public DeltaCodec codec() {
        return codecs.get();
    }

    /**
     * Recognises the format of encoded bytes. A JSON object is a merge patch. Formats that are arrays differ in their
     * first element; an empty array has no changes in either.
     *
     * @throws DeltaException if the bytes have no known format, or the format is ambiguous: an array can also be a
     *     merge patch that replaces the whole state
     */
    public static DeltaFormat of(byte[] bytes) {
        for (DeltaFormat format : values()) {
            if (format.magic != null && format.magic.test(bytes)) {
                return format;
            }
        }
        JsonNode json = StateText.read(bytes);
        for (DeltaFormat format : values()) {
            if (format.shape != null && format.shape.test(json)) {
                return format;
            }
        }
        String ids = Arrays.stream(values()).map(DeltaFormat::id).collect(Collectors.joining(", "));
        throw new DeltaException("the format of the delta cannot be recognized: give one of " + ids);
    }
}
