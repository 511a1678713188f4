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
 * A composition of changes into fewer changes with the same effect, without a state.
 *
 * <p>A change joins an earlier one if it is about the same value or one inside, and nothing in between has moved either:
 * what shifts an array's elements seals the changes inside of the array, because their paths are those from before. A
 * change of a whole value takes the place of all earlier ones inside of it, the sealed ones too. Time is that of the
 * changes and the steps of their paths.
 */
final class DeltaComposition {
    private final List<ComposedChange> all = new ArrayList<>();
    private Place root = new Place();
    private int recorded;

    /** What is known about one path: the changes of the value there that can still be joined, and those that cannot. */
    private static final class Place {
        final Map<String, Place> children = new HashMap<>();
        final List<ComposedChange> live = new ArrayList<>();
        final List<ComposedChange> sealed = new ArrayList<>();

        /** The newest change at this place or inside of it. */
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
        if (last != null && last.joins(change)) {
            touch(change.path(), last);
            return;
        }
        Change whole = change.splice() == null ? absorb(change, place) : change;
        ComposedChange composed = new ComposedChange(whole);
        record(change.path(), composed);
        make(change.path()).live.add(composed);
    }

    /** Joins a change of something inside of a value that an earlier change brings, and returns whether there is one. */
    private boolean isFolded(Change change) {
        Place place = root;
        Pointer[] steps = steps(change.path());
        for (int depth = 0; depth <= steps.length; depth++) {
            ComposedChange last = last(place);
            boolean inside = depth < steps.length;
            if (last != null && last.brings() && (inside || isEdit(change)) && leavesFromWithin(change, last)) {
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

    /** Drops every change at a place and inside of it; the change that follows them takes their effect back first. */
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

    /** A removed element's place is taken by another one. */
    private static boolean shifts(ComposedChange change) {
        return change.is(ChangeKind.ADDED) || change.is(ChangeKind.REMOVED);
    }

    /** Returns the value that a change takes away as it was before the given ones, or null if that is not known. */
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

    /** A move that was taken back is dropped, but still known where it was made. */
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

    /** From now on nothing joins a change inside of a container. */
    private Place seal(Pointer container) {
        Place place = make(container);
        List<ComposedChange> inside = new ArrayList<>();
        place.children.values().forEach(child -> collect(child, inside));
        place.sealed.addAll(inside);
        place.children.clear();
        return place;
    }

    /** Returns whether taking back a change of what a path leads to leaves the paths of all later changes right. */
    private boolean isUnshifted(Pointer path, ComposedChange change) {
        Pointer parent = path.parent();
        return path.index() < 0 || parent == null || make(parent).newest == change.number();
    }

    private void record(Pointer path, ComposedChange composed) {
        // Not the place in the list: a move that is taken back leaves it, and no other may have its number.
        composed.number(recorded++);
        all.add(composed);
        touch(path, composed);
    }

    /** Notes at all places on a path that a change inside of them was the newest. */
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
