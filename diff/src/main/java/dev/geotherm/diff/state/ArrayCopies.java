package dev.geotherm.diff.state;

import java.util.Arrays;

/** Copies of arrays with one slot more or less. */
final class ArrayCopies {
    private ArrayCopies() {}

    /**
     * Returns a copy.
     *
     * <p>What is made of all that an object takes, before it is allocated, costs a collector's barriers nothing: so copies of
     * nodes are made of copies of their slots, in this order.
     */
    static Object[] copy(Object[] all) {
        return switch (all.length) { // most are short, and no loop or call is needed for them
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
