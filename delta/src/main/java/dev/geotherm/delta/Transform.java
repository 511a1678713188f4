package dev.geotherm.delta;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A transformation of a change so that it applies after another change of the same state.
 *
 * @param change the change for the state after the other one, or null if no change remains
 * @param conflict whether the changes conflict
 */
record Transform(@Nullable PlacedChange change, boolean conflict) {
    private static final Transform DONE = new Transform(null, false);
    private static final Transform CONFLICT = new Transform(null, true);

    /**
     * Transforms a change so that it applies after another one.
     *
     * @param otherFirst if both insert at the same index, whether the other's element comes first
     */
    static Transform of(PlacedChange change, PlacedChange other, boolean otherFirst) {
        if (change.isIndependentOf(other)) {
            return to(change);
        } else if (change.crossing() || other.crossing()) {
            return CONFLICT;
        } else if (other.array() == null) {
            return change.array() == null ? samePlace(change, other) : aroundEdit(change, other);
        }
        Pointer array = other.array();
        if (array.equals(change.array())) {
            return withinArray(change, other.change(), array, otherFirst);
        } else if (array.contains(change.change().path())
                && !array.equals(change.change().path())) {
            return withinElement(change, other.change(), array);
        }
        return aroundEdit(change, other);
    }

    private static Transform to(PlacedChange change) {
        return new Transform(change, false);
    }

    /** Both change the same value, or one changes a container of the other. */
    private static Transform samePlace(PlacedChange change, PlacedChange other) {
        Change mine = change.change();
        Change theirs = other.change();
        if (!mine.path().equals(theirs.path())) {
            return CONFLICT;
        } else if (mine.splice() != null && theirs.splice() != null) {
            return splices(change, mine.splice(), theirs.splice());
        }
        boolean agree = mine.kind() == ChangeKind.REMOVED
                ? theirs.kind() == ChangeKind.REMOVED
                : mine.after() != null
                        && theirs.after() != null
                        && (mine.kind() == ChangeKind.ADDED) == (theirs.kind() == ChangeKind.ADDED)
                        && JsonEquality.same(mine.after(), theirs.after());
        return agree ? DONE : CONFLICT;
    }

    private static Transform splices(PlacedChange change, TextSplice mine, TextSplice theirs) {
        if (mine.equals(theirs)) {
            return DONE;
        } else if (mine.end() < theirs.start()) {
            return to(change);
        } else if (theirs.end() < mine.start()) {
            int start = mine.start() + theirs.text().length() - theirs.length();
            return to(change.with(change.change().path(), null, new TextSplice(start, mine.length(), mine.text())));
        }
        return CONFLICT;
    }

    /** One change shifts array elements or changes a value; the other one is inside or around it. */
    private static Transform aroundEdit(PlacedChange change, PlacedChange other) {
        Pointer array = change.array();
        Pointer inside = other.array() == null ? other.change().path() : other.array();
        if (array == null || !array.contains(inside) || array.equals(inside)) {
            return CONFLICT;
        }
        boolean takesIt = change.change().kind() == ChangeKind.REMOVED
                && change.change().path().contains(inside);
        return takesIt ? CONFLICT : to(change);
    }

    /** The other change shifts the element that this change is in. */
    private static Transform withinElement(PlacedChange change, Change other, Pointer array) {
        int index = step(change.change().path(), array).index();
        int place = other.path().index();
        if (index < 0) {
            return CONFLICT;
        }
        int shifted;
        switch (other.kind()) {
            case ADDED -> shifted = index >= place ? index + 1 : index;
            case REMOVED -> {
                if (index == place) {
                    return CONFLICT;
                }
                shifted = index > place ? index - 1 : index;
            }
            default -> shifted = ofElement(index, requireNonNull(other.from()).index(), place);
        }
        Pointer from = change.change().from();
        return to(change.with(
                replaced(change.change().path(), array, shifted),
                from == null ? null : replaced(from, array, shifted),
                change.change().splice()));
    }

    /** Both changes shift elements of the same array. */
    private static Transform withinArray(PlacedChange change, Change other, Pointer array, boolean otherFirst) {
        Change mine = change.change();
        int index = mine.path().index();
        int taken = other.from() != null
                ? other.from().index()
                : other.kind() == ChangeKind.REMOVED ? other.path().index() : -1;
        int put = other.kind() == ChangeKind.REMOVED ? -1 : other.path().index();
        if (mine.kind() == ChangeKind.ADDED) {
            return to(change.with(array.child(ofGap(index, taken, put, otherFirst)), null, null));
        }
        Pointer from = mine.from();
        int element = from == null ? index : from.index();
        if (element == taken) {
            boolean agree = mine.kind() == other.kind() && (from == null || index == put);
            return agree ? DONE : CONFLICT;
        }
        Pointer moved = array.child(ofElement(element, taken, put));
        if (from == null) {
            return to(change.with(moved, null, null));
        }
        // The target index refers to the array without the moving element, so adjust the other change's indices
        // likewise.
        int takenWithout = taken > element ? taken - 1 : taken;
        int elementWithout = taken >= 0 && element > taken ? element - 1 : element;
        int putWithout = put > elementWithout ? put - 1 : put;
        Pointer path = array.child(ofGap(index, takenWithout, putWithout, otherFirst));
        return to(change.with(path, moved, null));
    }

    /** Returns the index of an element after one was removed (-1 for none) and then one was inserted (-1 for none). */
    private static int ofElement(int index, int taken, int put) {
        if (index == taken) {
            return put;
        }
        int left = taken >= 0 && index > taken ? index - 1 : index;
        return put >= 0 && left >= put ? left + 1 : left;
    }

    /** The same for an insertion index. */
    private static int ofGap(int index, int taken, int put, boolean putFirst) {
        int left = taken >= 0 && index > taken ? index - 1 : index;
        return put >= 0 && (left > put || (left == put && putFirst)) ? left + 1 : left;
    }

    /** Returns the prefix of a path that ends at an element of the array. */
    private static Pointer step(Pointer path, Pointer array) {
        Pointer step = path;
        while (step.depth() > array.depth() + 1) {
            step = requireNonNull(step.parent());
        }
        return step;
    }

    private static Pointer replaced(Pointer path, Pointer array, int index) {
        Pointer replaced = array.child(index);
        for (String token : path.tokens().subList(array.depth() + 1, path.depth())) {
            replaced = replaced.child(token);
        }
        return replaced;
    }
}
