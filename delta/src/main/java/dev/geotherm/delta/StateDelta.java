package dev.geotherm.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A delta: the ordered changes that turn one state into another.
 *
 * <p>Immutable, provided that its values are not modified: they are not copied.
 *
 * @param changes the changes; each applies to the result of the previous one
 */
public record StateDelta(List<Change> changes) {
    private static final StateDelta EMPTY = new StateDelta(List.of());

    /** Copies the list. */
    public StateDelta {
        changes = List.copyOf(changes);
    }

    /** Returns the delta between equal states. */
    public static StateDelta empty() {
        return EMPTY;
    }

    /** Returns whether the delta has no changes. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /**
     * Returns the state after all changes.
     *
     * <p>Neither the given state nor the values of this delta are modified; the result shares unchanged parts with the
     * state, and values with the delta. Takes time for the changes, and for one copy of each container on their paths.
     *
     * @throws DeltaException if a change does not apply: its path does not exist, an index is out of bounds, or the
     *     value there is not the recorded old value (a value that could have been read from the same text, as a double
     *     or a decimal, is accepted); the message names the number and path of the change
     */
    public JsonNode applyTo(JsonNode before) {
        return DeltaApplication.apply(this, before);
    }

    /**
     * Applies all changes to a state in place, or none: if one does not apply, the previous ones are rolled back, which
     * can change the order of the members of an object.
     *
     * <p>The values of this delta are not modified; the state must not share objects or arrays with them, nor with
     * another state. The time depends on the changes only, not on the size of their containers, except for arrays,
     * where elements shift.
     *
     * @return the state; a different instance only if the root itself is added, removed or replaced
     * @throws DeltaException as {@link #applyTo} does
     */
    public JsonNode applyInPlace(JsonNode state) {
        return DeltaApplication.applyInPlace(this, state);
    }

    /**
     * Returns the delta that undoes this one: {@code d.invert().applyTo(d.applyTo(s))} equals {@code s}.
     *
     * @throws DeltaException if a change does not record the old value
     */
    public StateDelta invert() {
        return DeltaInversion.invert(this);
    }

    /** Returns the changes of this delta followed by those of another; {@link #compose} also merges them. */
    public StateDelta andThen(StateDelta next) {
        List<Change> all = new ArrayList<>(changes);
        all.addAll(next.changes);
        return new StateDelta(all);
    }

    /**
     * Composes two successive deltas into one with the same effect. Changes that cancel out are dropped, as far as the
     * deltas alone show it: a value that is added and removed, or changed and changed back, for example. A change
     * inside an added or replaced value is applied to that value. No state is needed.
     *
     * <p>The result can be inverted if both deltas can. Magnitudes add up, to 1 at most. Takes time linear in the
     * number of changes, the steps of their paths and the size of the merged values.
     *
     * @throws DeltaException if the second delta does not apply after the first one, as far as the deltas alone show it
     */
    public static StateDelta compose(StateDelta first, StateDelta next) {
        return DeltaComposition.compose(first, next);
    }

    /**
     * Returns the conflicts of two deltas of the same state: pairs of changes that cannot both be applied, or for which
     * the order affects the result. Two changes conflict if both change the same value in different ways, or if one
     * changes a value that the other removes, replaces or moves. Changes of the same array conflict only if they affect
     * the same element; if both insert at the same index, the element of the first delta comes first. After a conflict,
     * later changes of that delta at overlapping paths are not examined.
     *
     * <p>With the deltas swapped, the conflicts are the same, possibly in another order. Takes time proportional to the
     * product of the numbers of changes.
     *
     * @param base the state to which both deltas apply
     * @throws DeltaException if one of them does not apply to it
     */
    public static List<DeltaConflict> conflicts(StateDelta first, StateDelta second, JsonNode base) {
        return DeltaRebase.conflicts(DeltaRebase.of(first, second, base), DeltaRebase.of(second, first, base));
    }

    /**
     * Returns this delta, transformed to apply after another delta of the same state; changes that both deltas make are
     * dropped.
     *
     * @param base the state to which both deltas apply
     * @throws DeltaException if the deltas conflict, see {@link #conflicts}; the message names the first conflict. Also
     *     if one of them does not apply to the state
     */
    public StateDelta rebaseOver(StateDelta other, JsonNode base) {
        DeltaRebase rebase = DeltaRebase.of(other, this, base);
        List<DeltaConflict> conflicts = DeltaRebase.conflicts(rebase, DeltaRebase.of(this, other, base));
        if (!conflicts.isEmpty()) {
            throw new DeltaException("the deltas conflict: " + conflicts.get(0));
        }
        return rebase.second();
    }

    /**
     * Returns a delta with the same effect but without splices: each becomes a replacement of the whole text,
     * which is read from the state.
     *
     * @param before the state to which this delta applies
     * @return this delta if it has no splice
     * @throws DeltaException as {@link #applyTo} does
     */
    public StateDelta withWholeTexts(JsonNode before) {
        return SpliceExpansion.of(this, before);
    }

    /**
     * Returns a delta with the same effect and the smallest size in some format: a container, up to the whole state, is
     * replaced as a whole where that is smaller than its single changes. Such a replacement has magnitude 1. The result
     * can be inverted if this delta can.
     *
     * @param before the state to which this delta applies
     * @throws DeltaException if the delta does not apply to the state
     */
    public StateDelta coarsened(JsonNode before, ChangeSize size) {
        return DeltaCoarsening.of(this, before, size);
    }

    /**
     * Returns the delta as a JSON Patch (RFC 6902): {@code add}, {@code remove}, {@code replace}, {@code move}. Changes
     * that can be applied in any order are sorted so that they compress well; {@link #toJsonPatch(JsonNode)} can sort
     * more of them.
     *
     * @throws DeltaException if there is a splice, for which the RFC has no operation; use {@link
     *     #toJsonPatch(JsonNode)} instead
     */
    public ArrayNode toJsonPatch() {
        return JsonPatchWriter.write(this, null);
    }

    /**
     * Returns the delta as a JSON Patch; a spliced text is replaced as a whole, and so is a container, up to the whole
     * state, if that takes fewer bytes than its changes.
     *
     * @param before the state to which this delta applies
     * @throws DeltaException if there is a splice and the delta does not apply to the state
     */
    public ArrayNode toJsonPatch(JsonNode before) {
        return JsonPatchWriter.write(withWholeTexts(before).coarsened(before, new JsonPatchSize()), before);
    }

    /**
     * Returns the delta as a JSON Merge Patch (RFC 7396): it contains the new value of each changed member, and null
     * for each removed one. A changed array is contained as a whole.
     *
     * @param before the state to which this delta applies
     * @throws DeltaException if the delta does not apply to the state, or sets a member to null, which the RFC cannot
     *     express; the message names the paths
     */
    public JsonNode toMergePatch(JsonNode before) {
        return MergePatchWriter.write(this, before);
    }

    /**
     * Reads a JSON Merge Patch (RFC 7396). The delta records every old value, so it can be inverted. Any value is a
     * merge patch: if it is not an object, it replaces the whole state.
     *
     * @param before the state to which the patch applies
     */
    public static StateDelta ofMergePatch(JsonNode patch, JsonNode before) {
        return MergePatchReader.read(patch, before);
    }

    /**
     * Reads a JSON Patch (RFC 6902) with all six operations. The delta records every old value, so it can be inverted.
     *
     * <p>A {@code copy} becomes an addition or a replacement, and so does an {@code add} or {@code move} to an existing
     * member. The index {@code -} becomes a number. A {@code test} compares numbers by value, as the RFC requires; it
     * becomes no change, like any operation without effect. The size of all copies is limited to four times the size of
     * state and patch, plus 4 Mi characters, because copies of copies grow exponentially.
     *
     * <p>The state is required because old values, the kind of a replacement, and the effect of {@code copy} and
     * {@code test} depend on it.
     *
     * @throws DeltaException if the patch is malformed or does not apply to the state, for example because a {@code
     *     test} fails; the message contains the number of the operation
     */
    public static StateDelta ofJsonPatch(JsonNode patch, JsonNode before) {
        return JsonPatchReader.read(patch, before);
    }

    /**
     * Returns the state after a JSON Patch (RFC 6902), like {@code ofJsonPatch(patch, before).applyTo(before)}, without
     * keeping the operations: the memory needed depends on the state, not on the length of the patch.
     *
     * @param operations the operations in order; each is read once the previous ones are applied
     * @param length the number of characters of the patch, which bounds the size of its copies
     * @throws DeltaException as {@link #ofJsonPatch} does
     */
    public static JsonNode applyJsonPatch(Iterator<JsonNode> operations, long length, JsonNode before) {
        return JsonPatchReader.apply(operations, length, before);
    }
}
