package dev.geotherm.api.diff;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One step from one state to the next.
 *
 * <p>Paths name an array's elements by their index, never by {@code -}. Two changes are equal if their values are the
 * same as {@link JsonEquality} tells.
 *
 * @param kind what happens
 * @param path where, in the state as the changes before this one left it; for an addition to an array the index at which
 *     the element will stand
 * @param from for a move the path that the value leaves, otherwise null
 * @param before the value that goes; null for an addition, for a move, and where a differ was told not to carry it
 * @param after the value that comes; null for a removal and for a move
 * @param magnitude how large the change is, from 0 (nothing) to 1 (everything)
 */
public record Change(
        ChangeKind kind,
        Pointer path,
        @Nullable Pointer from,
        @Nullable JsonNode before,
        @Nullable JsonNode after,
        double magnitude) {

    /** Checks that what the kind calls for is there, and that the magnitude lies between 0 and 1. */
    public Change {
        requireNonNull(kind, "kind");
        requireNonNull(path, "path");
        boolean moves = kind == ChangeKind.MOVED;
        boolean brings = !moves && kind != ChangeKind.REMOVED;
        if (moves != (from != null) || brings != (after != null)) {
            throw new IllegalArgumentException(kind + " at '" + path + "' needs "
                    + (moves ? "from, and no after" : brings ? "after, and no from" : "neither from nor after"));
        }
        if (!(magnitude >= 0 && magnitude <= 1)) {
            throw new IllegalArgumentException("magnitude must be from 0 to 1, was " + magnitude);
        }
    }

    /** Returns an addition. */
    public static Change added(Pointer path, JsonNode after) {
        return new Change(ChangeKind.ADDED, path, null, null, after, 1);
    }

    /** Returns a removal; {@code before} may be left out. */
    public static Change removed(Pointer path, @Nullable JsonNode before) {
        return new Change(ChangeKind.REMOVED, path, null, before, null, 1);
    }

    /** Returns a replacement of the given kind; {@code before} may be left out. */
    public static Change replaced(
            ChangeKind kind, Pointer path, @Nullable JsonNode before, JsonNode after, double magnitude) {
        return new Change(kind, path, null, before, after, magnitude);
    }

    /** Returns a move. */
    public static Change moved(Pointer from, Pointer path) {
        return new Change(ChangeKind.MOVED, path, from, null, null, 0);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Change that
                && kind == that.kind
                && path.equals(that.path)
                && Objects.equals(from, that.from)
                && same(before, that.before)
                && same(after, that.after)
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
        return Objects.hash(kind, path, from, magnitude);
    }

    /** Returns the change for people, with large values cut short. */
    @Override
    public String toString() {
        return kind + " at '" + path + "'" + (from == null ? "" : " from '" + from + "'")
                + (before == null ? "" : ", was " + Brief.of(before))
                + (after == null ? "" : ", is " + Brief.of(after));
    }
}
