package dev.geotherm.delta;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The composition of changes into fewer changes with the same effect; needs no state.
 *
 * <p>A change merges with an earlier one of the same value, or of a value around it, unless a change in between has
 * shifted their paths: a change that shifts array elements seals all earlier changes inside the array, because their
 * paths are no longer valid. A change of a whole value replaces all earlier changes inside it, even sealed ones. Takes
 * time linear in the number of changes and the steps of their paths.
 */
final class DeltaComposition {
    private final List<ComposedChange> all = new ArrayList<>();
    private Place root = new Place();
    private int recorded;

    /**
     * The changes at one path: those that later changes can still merge with (live), and those that they cannot
     * (sealed).
     */
    private static final class Place {
        final Map<String, Place> children = new HashMap<>();
        final List<ComposedChange> live = new ArrayList<>();
        final List<ComposedChange> sealed = new ArrayList<>();

        /** The number of the newest change at this path or below it. */
        int newest = -1;
    }

    private DeltaComposition() {}

    static StateDelta compose(StateDelta first, StateDelta next) {
        DeltaComposition composition = new DeltaComposition();
        first.changes().forEach(composition::add);
        next.changes().forEach(composition::add);
        return composition.toDelta();
    }

    private StateDelta toDelta() {
        List<Change> changes = new ArrayList<>();
        for (ComposedChange composed : all) {
            Change change = composed.isDropped() ? null : composed.toChange();
            if (change != null) {
                changes.add(change);
            }
        }
        return new StateDelta(changes);
    }

    private void add(Change change) {
        switch (change.kind()) {
            case MOVED -> addMove(change);
            case ADDED -> addAddition(change);
            case REMOVED -> addRemoval(change);
            default -> addReplacement(change);
        }
    }

    private void addMove(Change change) {
        if (isFolded(change)) {
            return;
        }
        ComposedChange last = all.isEmpty() ? null : all.get(all.size() - 1);
        if (last != null && !last.isDropped() && last.isUndoneBy(change)) {
            last.drop();
            all.remove(all.size() - 1);
            return;
        }
        Pointer from = requireNonNull(change.from()).parent();
        Pointer to = change.path().parent();
        if (from == null || !from.equals(to)) {
            all.add(new ComposedChange(change));
            root = new Place();
            return;
        }
        Place parent = seal(from);
        ComposedChange move = new ComposedChange(change);
        record(from, move);
        parent.sealed.add(move);
    }

    private void addAddition(Change change) {
        if (isFolded(change)) {
            return;
        }
        Place place = find(change.path());
        ComposedChange last = place == null ? null : last(place);
        if (place != null && last != null && last.is(ChangeKind.REMOVED) && isUnshifted(change.path(), last)) {
            last.addAgain(change);
            touch(change.path(), last);
            return;
        }
        addShifting(change);
    }

    private void addRemoval(Change change) {
        if (isFolded(change)) {
            return;
        }
        Place place = find(change.path());
        ComposedChange first = place == null || place.live.isEmpty() ? null : place.live.get(0);
        boolean cancels = first != null
                && first.is(ChangeKind.ADDED)
                && place != null
                && place.live.size() == 1
                && isUnshifted(change.path(), first);
        if (cancels) {
            requireNonNull(first).drop();
            requireNonNull(place).live.clear();
            return;
        }
        addShifting(absorb(change, place));
    }

    private void addReplacement(Change change) {
        if (isFolded(change)) {
            return;
        }
        Place place = find(change.path());
        ComposedChange last = place == null ? null : last(place);
        if (last != null && last.merge(change)) {
            touch(change.path(), last);
            return;
        }
        Change whole = change.splice() == null ? absorb(change, place) : change;
        ComposedChange composed = new ComposedChange(whole);
        record(change.path(), composed);
        make(change.path()).live.add(composed);
    }

    /** Applies a change inside a value that an earlier change sets; returns whether there is such a change. */
    private boolean isFolded(Change change) {
        Place place = root;
        Pointer[] steps = steps(change.path());
        for (int depth = 0; depth <= steps.length; depth++) {
            ComposedChange last = last(place);
            boolean inside = depth < steps.length;
            if (last != null && last.setsValue() && (inside || isEdit(change)) && leavesFromWithin(change, last)) {
                last.fold(change, depth);
                touch(last.path(), last);
                return true;
            }
            Place next = inside ? place.children.get(steps[depth].token()) : null;
            if (next == null) {
                return false;
            }
            place = next;
        }
        return false;
    }

    private static boolean leavesFromWithin(Change change, ComposedChange outer) {
        Pointer from = change.from();
        return from == null || (outer.path().contains(from) && !outer.path().equals(from));
    }

    private static boolean isEdit(Change change) {
        return change.kind() != ChangeKind.ADDED
                && change.kind() != ChangeKind.REMOVED
                && change.kind() != ChangeKind.MOVED;
    }

    /**
     * Drops every earlier change at a path and below it; the returned change records the old value before those
     * changes.
     */
    private Change absorb(Change change, @Nullable Place place) {
        if (place == null || (!place.live.isEmpty() && shifts(place.live.get(0)))) {
            return change;
        }
        List<ComposedChange> gone = new ArrayList<>();
        collect(place, gone);
        gone.sort(
                Comparator.comparingInt((ComposedChange each) -> each.number()).reversed());
        JsonNode before = gone.isEmpty() || change.before() == null ? change.before() : undo(gone, change);
        gone.forEach(ComposedChange::drop);
        place.children.clear();
        place.live.clear();
        place.sealed.clear();
        JsonNode after = change.after();
        if (after == null) {
            return Change.removed(change.path(), before);
        }
        ChangeKind kind = before == null ? change.kind() : ChangeKind.ofReplacement(before, after);
        return Change.replaced(kind, change.path(), before, after, change.magnitude());
    }

    /** Returns whether a change can shift array elements. */
    private static boolean shifts(ComposedChange change) {
        return change.is(ChangeKind.ADDED) || change.is(ChangeKind.REMOVED);
    }

    /** Returns the old value of a change as it was before the given changes, or null if it is not recorded. */
    private static @Nullable JsonNode undo(List<ComposedChange> newestFirst, Change change) {
        WorkingState value = new WorkingState(requireNonNull(change.before()));
        for (ComposedChange each : newestFirst) {
            Change done = each.toChange();
            if (done != null) {
                List<Change> back = DeltaInversion.inverse(done);
                if (back == null) {
                    return null;
                }
                back.forEach(undoing -> value.apply(
                        ComposedChange.relative(undoing, change.path().depth())));
            }
        }
        return value.share();
    }

    private static void collect(Place place, List<ComposedChange> into) {
        List<Place> open = new ArrayList<>(List.of(place));
        while (!open.isEmpty()) {
            Place next = open.remove(open.size() - 1);
            addKept(next.live, into);
            addKept(next.sealed, into);
            open.addAll(next.children.values());
        }
    }

    /** An undone move is dropped, but stays listed at the path where it was recorded. */
    private static void addKept(List<ComposedChange> found, List<ComposedChange> into) {
        found.stream().filter(each -> !each.isDropped()).forEach(into::add);
    }

    private void addShifting(Change change) {
        Pointer parent = change.path().parent();
        if (parent != null && change.path().index() >= 0) {
            seal(parent);
        }
        ComposedChange composed = new ComposedChange(change);
        record(change.path(), composed);
        make(change.path()).live.add(composed);
    }

    /** Seals all changes inside a container: later changes no longer merge with them. */
    private Place seal(Pointer container) {
        Place place = make(container);
        List<ComposedChange> inside = new ArrayList<>();
        place.children.values().forEach(child -> collect(child, inside));
        place.sealed.addAll(inside);
        place.children.clear();
        return place;
    }

    /** Returns whether a change can be dropped without invalidating the paths of later changes. */
    private boolean isUnshifted(Pointer path, ComposedChange change) {
        Pointer parent = path.parent();
        return path.index() < 0 || parent == null || make(parent).newest == change.number();
    }

    private void record(Pointer path, ComposedChange composed) {
        // Not the index in the list: an undone move is removed from the list, and its number must not be reused.
        composed.number(recorded++);
        all.add(composed);
        touch(path, composed);
    }

    /** Records a change as the newest one at every step of a path. */
    private void touch(Pointer path, ComposedChange composed) {
        Place place = root;
        place.newest = Math.max(place.newest, composed.number());
        for (Pointer step : steps(path)) {
            place = place.children.computeIfAbsent(step.token(), token -> new Place());
            place.newest = Math.max(place.newest, composed.number());
        }
    }

    private @Nullable Place find(Pointer path) {
        Place place = root;
        for (Pointer step : steps(path)) {
            place = place.children.get(step.token());
            if (place == null) {
                return null;
            }
        }
        return place;
    }

    private Place make(Pointer path) {
        Place place = root;
        for (Pointer step : steps(path)) {
            place = place.children.computeIfAbsent(step.token(), token -> new Place());
        }
        return place;
    }

    private static @Nullable ComposedChange last(Place place) {
        return place.live.isEmpty() ? null : place.live.get(place.live.size() - 1);
    }

    private static Pointer[] steps(Pointer path) {
        Pointer[] steps = new Pointer[path.depth()];
        for (Pointer p = path; p.parent() != null; p = p.parent()) {
            steps[p.depth() - 1] = p;
        }
        return steps;
    }
}
