package dev.geotherm.diff.state;

import static java.util.Objects.requireNonNull;

import dev.geotherm.delta.Pointer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A state under change: the branches from the root down to where the last edit was made, each copied once in a commit and
 * changed in place from then on; a change at their end is passed on to the root's hash at once.
 *
 * <p>What the state was made from is never changed, so an edit that fails needs no undoing.
 */
final class EditCursor {
    private final Object owner = new Object();
    private final Object base;
    private final HashRegister now = new HashRegister();
    private final ChildSlot here = new ChildSlot();
    private Object root;

    /** The path whose branches are in {@code levels}, the root's first. */
    private @Nullable Pointer opened;

    private Level[] levels = {};

    /** A branch on the way, and the step that leads on from it. */
    private static final class Level {
        @Nullable
        PersistentContainer branch;
        /** The measure of the branch when it was passed on last. */
        final HashRegister earlier = new HashRegister();

        Pointer step = Pointer.ROOT;
        final ChildSlot place = new ChildSlot();

        PersistentContainer branch() {
            return requireNonNull(branch);
        }
    }

    EditCursor(Object root) {
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
        HashRegister then = new HashRegister();
        then.take(base);
        now.take(root);
        return then.sameHash(now);
    }

    /** Returns the container at a path, ready to be changed, or null if there is none. */
    @SuppressWarnings("ReferenceEquality") // a path that is used again and again is one object
    @Nullable
    PersistentContainer open(Pointer path) {
        int depth = path.depth();
        if (path == opened) {
            return levels[depth].branch;
        }
        opened = null;
        grow(depth + 1);
        for (Pointer p = path.parent(); p != null && p.parent() != null; p = p.parent()) {
            levels[p.depth() - 1].step = p;
        }
        PersistentContainer branch = mine(root);
        if (branch == null) {
            return null;
        }
        root = branch;
        Level level = levels[0];
        level.branch = branch;
        for (int i = 1; i <= depth; i++) {
            Object child = branch.seek(i == depth ? path : level.step, level.place);
            PersistentContainer below = child == null ? null : mine(child);
            if (below == null) {
                return null;
            }
            if (below != child) {
                branch.adopt(level.place, below);
            }
            branch = below;
            level = levels[i];
            level.branch = below;
            level.earlier.take(below);
        }
        opened = path;
        return branch;
    }

    private void grow(int length) {
        int old = levels.length;
        if (length > old) {
            levels = Arrays.copyOf(levels, Math.max(length, 2 * old));
            Arrays.setAll(levels, i -> i < old ? levels[i] : new Level());
        }
    }

    @SuppressWarnings("ReferenceEquality")
    private @Nullable PersistentContainer mine(Object value) {
        if (value instanceof PersistentContainer branch) {
            return branch.owner() == owner ? branch : branch.copyFor(owner);
        } else if (value instanceof FrozenContainer frozen) {
            return (PersistentContainer) TreeBuilder.of(frozen.toJson(), owner);
        }
        return null;
    }

    /** Returns the value at a path, or null if there is none; what is done next may be done there. */
    @Nullable
    Object seek(Pointer path) {
        Pointer parent = path.parent();
        if (parent == null) {
            return root;
        }
        PersistentContainer end = open(parent);
        return end == null ? null : end.seek(path, here);
    }

    /** Puts a value in the place of the one that was sought last, and found, at this path. */
    void exchange(Pointer path, Object value, HashRegister before, HashRegister after) {
        if (path.isRoot()) {
            root = value;
            opened = null;
            return;
        }
        int end = path.depth() - 1;
        levels[end].branch().exchange(here, value, before, after);
        passOn(end);
    }

    /** Takes out the value that was sought last, and found, at this path. */
    void remove(Pointer path, HashRegister before) {
        int end = path.depth() - 1;
        levels[end].branch().remove(here, before);
        passOn(end);
    }

    /** Puts a value in where there is none, or before an element. */
    void add(Pointer path, Object value, HashRegister after) {
        PersistentContainer end = open(requireNonNull(path.parent()));
        requireNonNull(end).add(path, value, after);
        passOn(path.depth() - 1);
    }

    private void passOn(int depth) {
        for (int i = depth; i > 0; i--) {
            Level level = levels[i];
            Level above = levels[i - 1];
            now.take(level.branch());
            above.branch().rehash(above.place, level.branch(), level.earlier, now);
            level.earlier.copy(now);
        }
    }
}
