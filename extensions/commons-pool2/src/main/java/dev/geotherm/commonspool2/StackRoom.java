package dev.geotherm.commonspool2;

/**
 * A check that the calling thread has some kilobytes of stack left. What must not be cut short by a stack overflow begins with
 * it: then the overflow comes before anything was done, and no lock of Commons Pool or of this adapter stays held.
 */
final class StackRoom {
    private static final int FRAMES = 48;

    private StackRoom() {}

    /** Throws a {@link StackOverflowError} if there is too little. */
    static void require() {
        descend(FRAMES, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** The arguments are there to make each frame large, also once it is compiled. */
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
