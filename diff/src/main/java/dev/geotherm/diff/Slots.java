package dev.geotherm.diff;

import java.util.Arrays;

/** Arrays with one slot more or less. */
final class Slots {
    private Slots() {}

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
