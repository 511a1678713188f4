package dev.geotherm.delta;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change with its effect on the paths of other changes.
 *
 * @param change the change
 * @param array the array in which it shifts elements, or null for none
 * @param crossing whether it is a move from one container to another
 * @param original the change before any transformation
 */
record PlacedChange(Change change, @Nullable Pointer array, boolean crossing, Change original) {

    /** Determines which array each change of a delta shifts; this depends on the state. */
    static List<PlacedChange> of(StateDelta delta, JsonNode base) {
        WorkingState state = new WorkingState(base);
        List<PlacedChange> placed = new ArrayList<>(delta.changes().size());
        for (int i = 0; i < delta.changes().size(); i++) {
            Change change = delta.changes().get(i);
            boolean places = change.kind() == ChangeKind.ADDED
                    || change.kind() == ChangeKind.REMOVED
                    || change.kind() == ChangeKind.MOVED;
            Pointer parent = places ? change.path().parent() : null;
            Pointer from = change.from();
            boolean within = from == null || (parent != null && parent.equals(from.parent()));
            boolean shifts = within && parent != null && state.arraySize(parent) >= 0;
            placed.add(new PlacedChange(change, shifts ? parent : null, from != null && !shifts, change));
            DeltaApplication.apply(state, change, i);
        }
        return placed;
    }

    PlacedChange with(Pointer path, @Nullable Pointer from, @Nullable TextSplice splice) {
        Change moved =
                new Change(change.kind(), path, from, change.before(), change.after(), splice, change.magnitude());
        return new PlacedChange(moved, array == null ? null : path.parent(), crossing, original);
    }

    /** Returns whether two changes affect disjoint parts of the state. */
    boolean isIndependentOf(PlacedChange other) {
        for (Pointer mine : touched()) {
            for (Pointer theirs : other.touched()) {
                if (mine.contains(theirs) || theirs.contains(mine)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns the roots of the parts of the state that this change affects. */
    List<Pointer> touched() {
        if (array != null) {
            return List.of(array);
        } else if (!crossing) {
            return List.of(change.path());
        }
        // Either container may be an array; the move then affects all its elements.
        return List.of(container(requireNonNull(change.from())), container(change.path()));
    }

    private static Pointer container(Pointer path) {
        Pointer parent = path.parent();
        return path.index() >= 0 && parent != null ? parent : path;
    }
}
