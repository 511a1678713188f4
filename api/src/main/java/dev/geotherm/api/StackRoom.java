package dev.geotherm.api;

/**
 * A check that the current thread has some kilobytes of stack left. What a {@link StackOverflowError} must not cut short begins
 * with it: then the error comes before anything was done. It costs some hundred nanoseconds.
 *
 * <p>An example is to wake a virtual thread: the JDK loses the thread if the call overflows.
 */
public final class StackRoom {
    private static final int FRAMES_PER_KILOBYTE = 8;

    private StackRoom() {}

    /**
     * Uses and frees a part of the stack.
     *
     * @param kilobytes how much, at least
     * @throws StackOverflowError if less is left
     */
    public static void require(int kilobytes) {
        descend(kilobytes * FRAMES_PER_KILOBYTE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** The arguments make each frame large, even when it is compiled: at least 128 bytes. */
    private static long descend(
            int left,
            long a,
            long b,
            long c,
            long d,
            long e,
            long f,
            long g,
            long h,
            long i,
            long j,
            long k,
            long l,
            long m,
            long n,
            long o) {
        return left == 0 ? a : descend(left - 1, b, c, d, e, f, g, h, i, j, k, l, m, n, o, a) + o;
    }
}
