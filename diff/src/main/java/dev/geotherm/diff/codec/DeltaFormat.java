package dev.geotherm.diff.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.ChangeSize;
import dev.geotherm.delta.DeltaCodec;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.JsonLength;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.diff.json.JsonSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A format of deltas. The commands {@code diff} and {@code patch}, their help and completion use these constants. To
 * add a format, add a codec and a constant here.
 */
@SuppressWarnings("ImmutableEnumChecker") // the functions are stateless
public enum DeltaFormat {
    /** The JSON format of this library. */
    DELTA(
            "delta",
            "each change as JSON, with the old values",
            JsonDeltaCodec::new,
            new DeltaTextSize(),
            null,
            json -> json.isArray() && (json.isEmpty() || json.get(0).has(DeltaMembers.KIND))),
    /** JSON Patch (RFC 6902). */
    JSON_PATCH(
            "json-patch",
            "RFC 6902; a changed text as a whole",
            JsonPatchCodec::new,
            null,
            null,
            json -> json.isArray() && !json.isEmpty() && json.get(0).has("op")),
    /** JSON Merge Patch (RFC 7396). */
    MERGE_PATCH(
            "merge-patch",
            "RFC 7396; an array as a whole, and no null in an object",
            MergePatchCodec::new,
            null,
            null,
            JsonNode::isObject),
    /** The binary format of this library, compressed for size. */
    BINARY(
            "binary",
            "the smallest; applies only to the document that it was made from",
            () -> new BinaryDeltaCodec(CompressionPolicy.SIZE),
            new BinarySize(),
            DeltaFrame::begins,
            null);

    /**
     * The size up to which the replacement of the whole state is always tried; above, it depends on the size of the
     * delta.
     */
    private static final int ALWAYS_TRIED = 1 << 16;

    private static final int TRIED_TIMES = 8;

    private final String id;
    private final String description;
    private final Supplier<DeltaCodec> codecs;
    private final @Nullable ChangeSize size;
    private final @Nullable Predicate<byte[]> magic;
    private final @Nullable Predicate<JsonNode> shape;

    DeltaFormat(
            String id,
            String description,
            Supplier<DeltaCodec> codecs,
            @Nullable ChangeSize size,
            @Nullable Predicate<byte[]> magic,
            @Nullable Predicate<JsonNode> shape) {
        this.id = id;
        this.description = description;
        this.codecs = codecs;
        this.size = size;
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
     * Returns a delta for a reader that has the earlier state, like {@link #encode(StateDelta, JsonNode, JsonNode)}
     * with the later state that the delta produces.
     */
    public byte[] encode(StateDelta delta, JsonNode before) {
        return encode(delta, before, null);
    }

    /**
     * Returns a delta for a reader that has the earlier state, in the fewest bytes that this format allows: a
     * container, up to the whole state, is replaced as a whole where that is smaller than its single changes. The
     * result is therefore never larger than a replacement of the whole state. There are two exceptions: a merge patch
     * cannot replace objects, and {@link #BINARY} tries the replacement of a state of more than 64 KiB only if the
     * state has at most eight times the bytes of the delta.
     *
     * @param after the later state, with its members in any order; null if only the delta is known
     * @throws DeltaException if the delta does not apply to the state, or the format cannot express it; the message
     *     names the change
     */
    public byte[] encode(StateDelta delta, JsonNode before, @Nullable JsonNode after) {
        DeltaCodec codec = codec().against(before);
        if (size == null) {
            return codec.encode(delta);
        }
        byte[] bytes = codec.encode(delta.coarsened(before, size));
        return magic == null || delta.isEmpty() ? bytes : smaller(bytes, delta, before, after);
    }

    /**
     * Returns the smallest of the given bytes, the unchanged delta, and replacements of the whole state, all
     * compressed.
     */
    private byte[] smaller(byte[] bytes, StateDelta delta, JsonNode before, @Nullable JsonNode given) {
        JsonNode after = delta.applyTo(before);
        long most = Math.max(ALWAYS_TRIED, (long) TRIED_TIMES * bytes.length);
        if (before.isMissingNode() || after.isMissingNode() || JsonLength.of(after, most) > most) {
            return bytes;
        }
        boolean recordsOldValues = delta.changes().stream()
                .allMatch(change -> change.before() != null
                        || change.kind() == ChangeKind.ADDED
                        || change.kind() == ChangeKind.MOVED);
        JsonNode old = recordsOldValues ? before : null;
        List<StateDelta> others = new ArrayList<>(List.of(delta));
        for (JsonNode whole : given == null ? List.of(after) : List.of(after, given)) {
            ChangeKind kind = ChangeKind.ofReplacement(before, whole);
            others.add(new StateDelta(List.of(Change.replaced(kind, Pointer.ROOT, old, whole, 1))));
        }
        byte[] smallest = bytes;
        for (StateDelta other : others) {
            // A new codec, because a codec tries every compression only for its first few deltas.
            byte[] otherwise = codec().against(before).encode(other);
            smallest = otherwise.length < smallest.length ? otherwise : smallest;
        }
        return smallest;
    }

    /**
     * Returns the format of encoded bytes. A JSON object is a merge patch. The first element distinguishes the formats
     * that are arrays; an empty array has no changes in either.
     *
     * @throws DeltaException if the bytes have none of the formats, or it is ambiguous: an array can also be a merge patch
     *     that replaces the whole state, and an object with {@code op} and {@code path} is an operation of a JSON Patch that
     *     lacks its array
     */
    public static DeltaFormat of(byte[] bytes) {
        for (DeltaFormat format : values()) {
            if (format.magic != null && format.magic.test(bytes)) {
                return format;
            }
        }
        JsonNode json = beginning(bytes);
        if (json.path("op").isTextual() && json.path("path").isTextual()) {
            throw new DeltaException(
                    "this is one operation of a JSON Patch without its array: put it into [ ], or, if it"
                            + " is meant as a merge patch, give merge-patch");
        }
        for (DeltaFormat format : values()) {
            if (format.shape != null && format.shape.test(json)) {
                return format;
            }
        }
        String ids = Arrays.stream(values()).map(DeltaFormat::id).collect(Collectors.joining(", "));
        throw new DeltaException("the format of the delta cannot be recognized: give one of " + ids);
    }

    /** Returns the value of a text; of an array, only the first element is read. */
    private static JsonNode beginning(byte[] bytes) {
        try (JsonParser json = JsonSource.parser(bytes)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                return StateText.read(bytes);
            }
            return json.nextToken() == JsonToken.END_ARRAY
                    ? JsonNodeFactory.instance.arrayNode()
                    : JsonNodeFactory.instance.arrayNode().add(JsonTreeReader.read(json));
        } catch (IOException | ArithmeticException | IllegalArgumentException malformed) {
            throw StateText.unreadable("delta", malformed);
        }
    }
}
