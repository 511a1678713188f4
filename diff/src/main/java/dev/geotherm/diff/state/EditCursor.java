package dev.geotherm.diff.state;

import static java.util.Objects.requireNonNull;

import dev.geotherm.delta.Pointer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A state that is being edited, with the path of the last edit. Each container on an edited path is copied once per
 * commit and then modified in place; the effect of every change on the root's hash is immediate.
 *
 * <p>The initial state is never modified, so a failed edit needs no undo.
 */
final class EditCursor {
    private final Object owner = new Object();
    private final Object base;
    private final HashRegister now = new HashRegister();
    private final ChildSlot here = new ChildSlot();
    private Object root;

    /** The path of the containers in {@code levels}, starting at the root. */
    private @Nullable Pointer opened;

    private Level[] levels = {};

    /** A container on the path, and the step from it to the next one. */
    private static final class Level {
        @Nullable
        PersistentContainer branch;
        /** The measure of the container when it was last propagated. */
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

    /** Returns whether the state equals the initial one. */
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

    /** Returns the container at a path, ready to be modified, or null if none exists. */
    @SuppressWarnings("ReferenceEquality") // a path that is used repeatedly is one object
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

    /** Returns the value at a path, or null if none exists; the next operation can refer to it. */
    @Nullable
    Object seek(Pointer path) {
        Pointer parent = path.parent();
        if (parent == null) {
            return root;
        }
        PersistentContainer end = open(parent);
        return end == null ? null : end.seek(path, here);
    }

    /** Replaces the value that the last {@link #seek} found at this path. */
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

    /** Removes the value that the last {@link #seek} found at this path. */
    void remove(Pointer path, HashRegister before) {
        int end = path.depth() - 1;
        levels[end].branch().remove(here, before);
        passOn(end);
    }

    /** Adds a value as a new member, or inserts it before an element. */
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
