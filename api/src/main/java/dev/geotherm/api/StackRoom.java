package dev.geotherm.api;

/**
 * A check that the current thread has enough stack left. Call it before an operation that a {@link StackOverflowError}
 * must not interrupt: the error is then thrown before the operation starts. A call takes a few hundred nanoseconds.
 *
 * <p>For example, if the stack overflows while a thread unparks a virtual thread, the JDK may never run the virtual
 * thread again.
 */
public final class StackRoom {
    private static final int FRAMES_PER_KILOBYTE = 8;

    private StackRoom() {}

    /**
     * Requires that the given amount of stack is left.
     *
     * @param kilobytes the required amount in KiB
     * @throws StackOverflowError if less is left
     */
    public static void require(int kilobytes) {
        descend(kilobytes * FRAMES_PER_KILOBYTE, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** The arguments make each frame at least 128 bytes large, even in compiled code. */
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
