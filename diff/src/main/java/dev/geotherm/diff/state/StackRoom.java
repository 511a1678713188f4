package dev.geotherm.diff.state;

/**
 * A probe of the calling thread's stack. Called ahead of code that takes a lock in a library, it throws a {@link
 * StackOverflowError} where that code might overflow between taking the lock and releasing it, which would then be held
 * for ever: a lock of {@code java.util.concurrent} is released by a call, and a call needs room.
 *
 * <p>Our own code locks monitors, which the JVM releases by itself whatever is thrown.
 */
public final class StackRoom {
    /** Some hundred bytes a frame when interpreted, some sixty when compiled: 16 KiB or more. */
    private static final int FRAMES = 256;

    private StackRoom() {}

    /** Returns if there is room for a hundred calls or so. */
    public static void require() {
        probe(FRAMES, 1, 2, 3);
    }

    private static long probe(int left, long a, long b, long c) {
        return left == 0 ? a + b + c : probe(left - 1, b, c, a + left) + a;
    }
}
