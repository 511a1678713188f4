package dev.geotherm.diff.compare;

import dev.geotherm.delta.Pointer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The current path of a walk. Creates pointers on demand and shares them with all paths below. */
final class PathCursor {
    private final int start;
    private @Nullable String[] names = new String[16];
    private int[] indices = new int[16];
    private @Nullable Pointer[] made = new Pointer[17];
    private int steps;

    PathCursor(Pointer start) {
        this.start = start.depth();
        made[0] = start;
    }

    /** Returns the number of steps from the root. */
    int depth() {
        return start + steps;
    }

    void enter(String name) {
        step(name, -1);
    }

    void enter(int index) {
        step(null, index);
    }

    private void step(@Nullable String name, int index) {
        if (steps == indices.length) {
            names = Arrays.copyOf(names, 2 * steps);
            indices = Arrays.copyOf(indices, 2 * steps);
            made = Arrays.copyOf(made, 2 * steps + 1);
        }
        names[steps] = name;
        indices[steps] = index;
        made[++steps] = null;
    }

    void leave() {
        steps--;
    }

    /** Returns the approximate number of characters of the last step. */
    int lastLength() {
        if (steps == 0) {
            return 0;
        }
        String name = names[steps - 1];
        return name == null ? 3 : name.length();
    }

    Pointer pointer() {
        int known = steps;
        Pointer pointer = made[known];
        while (pointer == null) {
            pointer = made[--known];
        }
        for (int i = known; i < steps; i++) {
            String name = names[i];
            pointer = name == null ? pointer.child(indices[i]) : pointer.child(name);
            made[i + 1] = pointer;
        }
        return pointer;
    }
}
