package dev.geotherm.diff;

import dev.geotherm.api.diff.Pointer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A state under change: the branches from the root down to where the last edit was made, each copied once in a commit and
 * changed in place from then on; a change at their end is passed on to the root's hash at once.
 *
 * <p>What the state was made from is never changed, so an edit that fails needs no undoing.
 */
final class Spine {
    private final Object owner = new Object();
    private final Object base;
    private final List<Branch> copied = new ArrayList<>();
    private final Measure now = new Measure();
    private final Measure name = new Measure();
    private Object root;

    /** The path whose branches are in {@code branches}, one for each step and the root's. */
    private @Nullable Pointer opened;

    private Pointer[] steps = new Pointer[8];
    private Branch[] branches = new Branch[8];
    /** The measures of the branches when they were passed on last. */
    private Measure[] earlier = new Measure[8];

    Spine(Object root) {
        this.base = root;
        this.root = root;
    }

    Object root() {
        return root;
    }

    /** Returns whether the state is what it was at first. */
    @SuppressWarnings("ReferenceEquality")
    boolean isAsBefore() {
        if (root == base) {
            return true;
        }
        Measure then = new Measure();
        then.take(base);
        now.take(root);
        return then.sameHash(now);
    }

    /** Returns the container at a path, ready to be changed, or null if there is none. */
    @SuppressWarnings("ReferenceEquality") // a path that is used again and again is one object
    @Nullable
    Branch open(Pointer path) {
        int depth = path.depth();
        if (path == opened) {
            return branches[depth];
        }
        opened = null;
        grow(depth + 1);
        for (Pointer p = path; p.parent() != null; p = p.parent()) {
            steps[p.depth() - 1] = p;
        }
        Branch branch = mine(root);
        if (branch == null) {
            return null;
        }
        root = branch;
        branches[0] = branch;
        for (int i = 0; i < depth; i++) {
            Pointer step = steps[i];
            int index = branch.place(step);
            Object child = branch.child(step.token(), index);
            Branch below = child == null ? null : mine(child);
            if (below == null) {
                return null;
            }
            if (below != child) {
                branch.adopt(step.token(), index, below);
            }
            branch = below;
            branches[i + 1] = below;
            if (earlier[i + 1] == null) {
                earlier[i + 1] = new Measure();
            }
            earlier[i + 1].take(below);
        }
        opened = path;
        return branch;
    }

    private void grow(int length) {
        if (length > branches.length) {
            int larger = Math.max(length, 2 * branches.length);
            steps = Arrays.copyOf(steps, larger);
            branches = Arrays.copyOf(branches, larger);
            earlier = Arrays.copyOf(earlier, larger);
        }
    }

    private @Nullable Branch mine(Object value) {
        Branch branch;
        if (value instanceof Branch known) {
            if (known.isOwnedBy(owner)) {
                return known;
            }
            branch = known;
        } else if (value instanceof FrozenPart frozen) {
            branch = (Branch) Growing.of(frozen.toJson(), new Object());
        } else {
            return null;
        }
        Branch copy = branch.copyFor(owner);
        copied.add(copy);
        return copy;
    }

    /** Puts a value in the place of another, at a path whose parent was opened last, or at the root. */
    void exchange(Pointer path, Object value, Measure before, Measure after) {
        Pointer parent = path.parent();
        if (parent == null) {
            root = value;
            opened = null;
            return;
        }
        Branch end = begin(parent, path);
        end.exchange(path.token(), name, end.place(path), value, before, after);
        passOn(parent.depth());
    }

    /** Puts a value in at a path whose parent was opened last. */
    void add(Pointer path, Object value, Measure after) {
        Branch end = begin(path.parent(), path);
        end.add(path.token(), name, end.place(path), value, after);
        passOn(path.depth() - 1);
    }

    /** Takes a value out at a path whose parent was opened last. */
    void remove(Pointer path, Measure before) {
        Branch end = begin(path.parent(), path);
        end.remove(path.token(), name, end.place(path), before);
        passOn(path.depth() - 1);
    }

    private Branch begin(@Nullable Pointer parent, Pointer path) {
        Branch end = parent == null ? null : open(parent);
        if (end == null) {
            throw new IllegalStateException("the parent was to be opened before");
        }
        end.measureName(path.token(), name);
        return end;
    }

    private void passOn(int depth) {
        for (int i = depth; i > 0; i--) {
            Branch above = branches[i - 1];
            Pointer step = steps[i - 1];
            now.take(branches[i]);
            above.measureName(step.token(), name);
            above.rehash(name, above.place(step), branches[i], earlier[i], now);
            earlier[i].copy(now);
        }
    }

    /** Ends the changes and returns the state. */
    Object settle() {
        copied.forEach(Branch::settle);
        return root;
    }
}
