package dev.geotherm.diff.state;

import java.util.Arrays;

/** Utilities that copy arrays, also with one slot more or less. */
final class ArrayCopies {
    private ArrayCopies() {}

    /**
     * Returns a copy.
     *
     * <p>Copy the slots before you allocate the node that holds them: the JIT can then omit the collector's write
     * barriers for the new node.
     */
    static Object[] copy(Object[] all) {
        return switch (all.length) { // most arrays are short and need no loop or call
            case 1 -> new Object[] {all[0]};
            case 2 -> new Object[] {all[0], all[1]};
            case 3 -> new Object[] {all[0], all[1], all[2]};
            case 4 -> new Object[] {all[0], all[1], all[2], all[3]};
            default -> all.clone();
        };
    }

    /** Returns a copy with a value before an index. */
    static <T> T[] with(T[] all, int index, T value) {
        T[] more = Arrays.copyOf(all, all.length + 1);
        System.arraycopy(all, index, more, index + 1, all.length - index);
        more[index] = value;
        return more;
    }

    /** Returns a copy without the value at an index. */
    static <T> T[] without(T[] all, int index) {
        T[] fewer = Arrays.copyOf(all, all.length - 1);
        System.arraycopy(all, index + 1, fewer, index, fewer.length - index);
        return fewer;
    }
}
