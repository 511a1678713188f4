package dev.geotherm.delta;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A delta: the ordered changes that turn one state into another.
 *
 * <p>Immutable as long as its values, which are not copied, are not changed.
 *
 * @param changes each to be applied to what the one before it left
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

    /** Returns whether nothing changes. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /**
     * Returns the state after all changes.
     *
     * <p>The given state is not changed, nor are the delta's values; the result shares unchanged parts with the one and
     * values with the other. Time is that of the changes and of copying each container on their paths once.
     *
     * @throws DeltaException if a change does not fit: its path leads nowhere, an index is out of bounds, or the value
     *     there is not the one that the change says goes (one that was read from the same text passes, be it as a double
     *     or as a decimal); the message names the change by its number and path
     */
    public JsonNode applyTo(JsonNode before) {
        return DeltaApplication.apply(this, before);
    }

    /**
     * Makes all changes in a state itself, or none: when one does not fit, those before it are taken back, after which the
     * members of an object may stand in another order.
     *
     * <p>The values of this delta are not changed; the state must not share objects and arrays with them, nor with
     * another state. Takes the time of the changes, whatever the width of what they are in, but for arrays, whose
     * elements shift.
     *
     * @return the state; another root only where the root itself is added, removed or replaced
     * @throws DeltaException as {@link #applyTo} does
     */
    public JsonNode applyInPlace(JsonNode state) {
        return DeltaApplication.applyInPlace(this, state);
    }

    /**
     * Returns the delta that undoes this one: {@code d.invert().applyTo(d.applyTo(s))} equals {@code s}.
     *
     * @throws DeltaException if a change does not carry the value that it removes or replaces
     */
    public StateDelta invert() {
        return DeltaInversion.invert(this);
    }

    /** Returns the changes of this delta followed by those of another; {@link #compose} makes fewer of them. */
    public StateDelta andThen(StateDelta next) {
        List<Change> all = new ArrayList<>(changes);
        all.addAll(next.changes);
        return new StateDelta(all);
    }

    /**
     * Returns one delta with the effect of two, without what cancels out: a value that comes and goes, or changes and
     * changes back, leaves no change where the deltas alone tell, and what changes inside of a value that came or was
     * replaced is changed in that value. No state is needed.
     *
     * <p>Can be inverted if both deltas can. Magnitudes add up, to 1 at most. Time is that of the changes, the steps of
     * their paths and the values that come together.
     *
     * @throws DeltaException if the second delta does not fit what the first one leaves, as far as that shows
     */
    public static StateDelta compose(StateDelta first, StateDelta next) {
        return DeltaComposition.compose(first, next);
    }

    /**
     * Returns the changes of two deltas of one state that cannot both be made, or whose order would decide: both change
     * one value in different ways, or one changes what the other removes, replaces or moves. Changes of one array do not
     * conflict unless they are about one element: of what both insert at one index, that of the first delta comes first.
     * A change that is about what an earlier one of its delta in conflict was about is not judged.
     *
     * <p>The same conflicts are found whichever delta is the first, in another order. Time is that of the changes of the one
     * times those of the other.
     *
     * @param base the state that both deltas are for
     * @throws DeltaException if one of them does not fit it
     */
    public static List<DeltaConflict> conflicts(StateDelta first, StateDelta second, JsonNode base) {
        return DeltaRebase.conflicts(DeltaRebase.of(first, second, base), DeltaRebase.of(second, first, base));
    }

    /**
     * Returns this delta as it is to be applied after another one of the same state; what both do is left out.
     *
     * @param base the state that both deltas are for
     * @throws DeltaException if there is a conflict, as {@link #conflicts} tells, which the message names; or one of them
     *     does not fit the state
     */
    public StateDelta rebaseOver(StateDelta other, JsonNode base) {
        DeltaRebase rebase = DeltaRebase.of(other, this, base);
        List<DeltaConflict> conflicts = DeltaRebase.conflicts(rebase, DeltaRebase.of(this, other, base));
        if (!conflicts.isEmpty()) {
            throw new DeltaException("the deltas are in conflict: " + conflicts.get(0));
        }
        return rebase.second();
    }

    /**
     * Returns a delta of the same effect without splices: each gives way to a replacement of its whole text, which only
     * the state tells.
     *
     * @param before the state that this delta is for
     * @return this delta if it has no splice
     * @throws DeltaException as {@link #applyTo} does
     */
    public StateDelta withWholeTexts(JsonNode before) {
        return SpliceExpansion.of(this, before);
    }

    /**
     * Returns the delta as a JSON Patch (RFC 6902): {@code add}, {@code remove}, {@code replace}, {@code move}. What can
     * be done in any order is put into one that compresses well; with the state at hand, that is more of it.
     *
     * @throws DeltaException if there is a splice, for which the RFC has no operation; with the state at hand use
     *     {@link #toJsonPatch(JsonNode)}
     */
    public ArrayNode toJsonPatch() {
        return JsonPatchWriter.write(this, null);
    }

    /**
     * Returns any delta as a JSON Patch: what is spliced is replaced as a whole.
     *
     * @param before the state that this delta is for
     * @throws DeltaException if there is a splice and the delta does not fit the state
     */
    public ArrayNode toJsonPatch(JsonNode before) {
        return JsonPatchWriter.write(withWholeTexts(before), before);
    }

    /**
     * Returns the delta as a JSON Merge Patch (RFC 7396), which names what is there afterwards and has null where a member
     * goes. An array in which anything changes is given as a whole.
     *
     * @param before the state that this delta is for
     * @throws DeltaException if the delta does not fit the state, or puts a null into an object: there the RFC has no
     *     way to say it; the message has the paths
     */
    public JsonNode toMergePatch(JsonNode before) {
        return MergePatchWriter.write(this, before);
    }

    /**
     * Reads a JSON Merge Patch (RFC 7396), with every old value, so that the delta can be inverted. Any value is a
     * merge patch: one that is no object replaces the whole state.
     *
     * @param before the state that the patch is for
     */
    public static StateDelta ofMergePatch(JsonNode patch, JsonNode before) {
        return MergePatchReader.read(patch, before);
    }

    /**
     * Reads a JSON Patch (RFC 6902): all six operations, with every old value, so that the delta can be inverted.
     *
     * <p>An operation without effect leaves no change. A {@code copy}, and an {@code add} or {@code move} to a place
     * that holds a value, become what they amount to; {@code test} compares numbers by value, as the RFC says, and
     * leaves nothing. {@code -} becomes an index. What copies bring is bounded by four times the state and the patch
     * together, and 4 Mi characters in any case, since copies of copies double what they bring.
     *
     * <p>Whether a value is replaced by one of the same type, and what {@code copy} and {@code test} mean, only the
     * state tells; hence the state that the patch is for.
     *
     * @throws DeltaException if the patch is malformed or cannot be applied to the state, a failing {@code test}
     *     included; the message names the operation by its number
     */
    public static StateDelta ofJsonPatch(JsonNode patch, JsonNode before) {
        return JsonPatchReader.read(patch, before);
    }
}
