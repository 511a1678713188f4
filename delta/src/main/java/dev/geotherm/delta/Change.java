package dev.geotherm.delta;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A change at one path of a state.
 *
 * <p>Paths refer to array elements by index, never by {@code -}. Two changes are equal if their values are equal by
 * {@link JsonEquality}.
 *
 * @param kind the kind
 * @param path the path in the state after all earlier changes; for an addition to an array, it ends with the index of
 *     the new element
 * @param from the source path of a move, otherwise null
 * @param before the old value; for a splice, the removed text; null for an addition, a move, and if old values are not
 *     recorded
 * @param after the new value; null for a removal, a move and a splice
 * @param splice the edit of the text if this is a splice, otherwise null
 * @param magnitude the size of the change, from 0 (nothing) to 1 (everything)
 */
public record Change(
        ChangeKind kind,
        Pointer path,
        @Nullable Pointer from,
        @Nullable JsonNode before,
        @Nullable JsonNode after,
        @Nullable TextSplice splice,
        double magnitude) {

    /** Checks that every component that the kind requires is present, and that the magnitude is from 0 to 1. */
    public Change(
            ChangeKind kind,
            Pointer path,
            @Nullable Pointer from,
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            @Nullable TextSplice splice,
            double magnitude) {
        // Assigned before the checks: directly after the allocation, the JIT can omit the collector's write barriers.
        this.kind = kind;
        this.path = path;
        this.from = from;
        this.before = before;
        this.after = after;
        this.splice = splice;
        this.magnitude = magnitude;
        requireNonNull(kind, "kind");
        requireNonNull(path, "path");
        boolean moves = kind == ChangeKind.MOVED;
        boolean splices = kind == ChangeKind.TEXT_SPLICED;
        boolean setsValue = !moves && !splices && kind != ChangeKind.REMOVED;
        if (moves != (from != null) || setsValue != (after != null) || splices != (splice != null)) {
            String needed = moves ? "from" : setsValue ? "after" : splices ? "splice" : "none";
            throw new IllegalArgumentException(
                    kind + " at '" + path + "' must have exactly this of from, after and splice: " + needed);
        }
        if (splice != null && before != null && !isPiece(before, splice)) {
            throw new IllegalArgumentException(kind + " at '" + path + "' removes a text of " + splice.length()
                    + " UTF-16 units, but before was " + Excerpt.of(before));
        }
        if (!(magnitude >= 0 && magnitude <= 1)) {
            throw new IllegalArgumentException("magnitude must be from 0 to 1, was " + magnitude);
        }
    }

    /** Creates a change other than a splice. */
    public Change(
            ChangeKind kind,
            Pointer path,
            @Nullable Pointer from,
            @Nullable JsonNode before,
            @Nullable JsonNode after,
            double magnitude) {
        this(kind, path, from, before, after, null, magnitude);
    }

    private static boolean isPiece(JsonNode before, TextSplice splice) {
        return before.isTextual() && before.textValue().length() == splice.length();
    }

    /** Returns an addition. */
    public static Change added(Pointer path, JsonNode after) {
        return new Change(ChangeKind.ADDED, path, null, null, after, 1);
    }

    /** Returns a removal; {@code before} may be null. */
    public static Change removed(Pointer path, @Nullable JsonNode before) {
        return new Change(ChangeKind.REMOVED, path, null, before, null, 1);
    }

    /** Returns a replacement of the given kind; {@code before} may be null. */
    public static Change replaced(
            ChangeKind kind, Pointer path, @Nullable JsonNode before, JsonNode after, double magnitude) {
        return new Change(kind, path, null, before, after, magnitude);
    }

    /** Returns a move. */
    public static Change moved(Pointer from, Pointer path) {
        return new Change(ChangeKind.MOVED, path, from, null, null, 0);
    }

    /** Returns an edit of a text; {@code before}, the removed text, may be null. */
    public static Change spliced(Pointer path, @Nullable JsonNode before, TextSplice splice, double magnitude) {
        return new Change(ChangeKind.TEXT_SPLICED, path, null, before, null, splice, magnitude);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Change that
                && kind == that.kind
                && path.equals(that.path)
                && Objects.equals(from, that.from)
                && same(before, that.before)
                && same(after, that.after)
                && Objects.equals(splice, that.splice)
                && Double.compare(magnitude, that.magnitude) == 0;
    }

    private static boolean same(@Nullable JsonNode a, @Nullable JsonNode b) {
        if (a == null || b == null) {
            return a == null && b == null;
        }
        return JsonEquality.same(a, b);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, path, from, splice, magnitude);
    }

    /** Returns a readable form, with large values shortened. */
    @Override
    public String toString() {
        return kind + " at '" + path + "'" + (from == null ? "" : " from '" + from + "'")
                + (before == null ? "" : ", was " + Excerpt.of(before))
                + (after == null ? "" : ", is " + Excerpt.of(after))
                + (splice == null
                        ? ""
                        : ", at " + splice.start() + " is " + Excerpt.of(TextNode.valueOf(splice.text())));
    }
}
