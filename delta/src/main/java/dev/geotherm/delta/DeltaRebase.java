package dev.geotherm.delta;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rebase of one delta over another of the same state: each change of the second is transformed by all changes of
 * the first, and vice versa. Known as operational transformation (Ellis and Gibbs, "Concurrency Control in Groupware
 * Systems", 1989).
 */
final class DeltaRebase {
    private final List<@Nullable PlacedChange> first;
    private final List<Change> second = new ArrayList<>();
    private final List<DeltaConflict> conflicts = new ArrayList<>();

    /**
     * Changes of the second delta that conflict, or that are not examined because they overlap an earlier one in this
     * list.
     */
    private final List<PlacedChange> skipped = new ArrayList<>();

    private DeltaRebase(List<PlacedChange> first) {
        this.first = new ArrayList<>(first);
    }

    static DeltaRebase of(StateDelta first, StateDelta second, JsonNode base) {
        DeltaRebase rebase = new DeltaRebase(PlacedChange.of(first, base));
        for (PlacedChange change : PlacedChange.of(second, base)) {
            if (rebase.skipped.stream().allMatch(change::isIndependentOf)) {
                rebase.pass(change);
            } else {
                rebase.skipped.add(change);
            }
        }
        return rebase;
    }

    /**
     * Returns the conflicts of two deltas, found in both orders: either order can hide conflicts that the other one
     * finds.
     */
    static List<DeltaConflict> conflicts(DeltaRebase one, DeltaRebase other) {
        Set<DeltaConflict> all = new LinkedHashSet<>(one.conflicts);
        other.conflicts.forEach(
                found -> all.add(new DeltaConflict(/* first= */ found.second(), /* second= */ found.first())));
        return List.copyOf(all);
    }

    List<DeltaConflict> conflicts() {
        return List.copyOf(conflicts);
    }

    /** Returns the second delta, transformed for the state after the first one. */
    StateDelta second() {
        return new StateDelta(second);
    }

    /** Returns the first delta, transformed for the state after the second one. */
    StateDelta first() {
        List<Change> changes = new ArrayList<>();
        for (PlacedChange change : first) {
            if (change != null) {
                changes.add(change.change());
            }
        }
        return new StateDelta(changes);
    }

    private void pass(PlacedChange change) {
        List<@Nullable PlacedChange> passed = new ArrayList<>(first.size());
        PlacedChange moving = change;
        for (PlacedChange other : first) {
            if (other == null || moving == null) {
                passed.add(other);
                continue;
            }
            Transform mine = Transform.of(moving, other, true);
            Transform theirs = Transform.of(other, moving, false);
            if (mine.conflict() || theirs.conflict()) {
                conflicts.add(new DeltaConflict(other.original(), change.original()));
                skipped.add(change);
                return;
            }
            passed.add(theirs.change());
            moving = mine.change();
        }
        first.clear();
        first.addAll(passed);
        if (moving != null) {
            second.add(moving.change());
        }
    }
}
