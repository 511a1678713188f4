package dev.geotherm.pool.slab;

/**
 * A check that the calling thread has some kilobytes of stack left. Operations that must not be interrupted by a stack
 * overflow, and make no deep calls, begin with it, so that an overflow happens before they change anything.
 */
final class StackRoom {
    private static final int FRAMES = 128;

    private StackRoom() {}

    /** Throws a {@link StackOverflowError} if there is too little. */
    static void require() {
        descend(FRAMES, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** The arguments make each frame large, even when it is compiled. */
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
