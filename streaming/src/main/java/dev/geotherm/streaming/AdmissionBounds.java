package dev.geotherm.streaming;

/**
 * The bounds within which producers may add fragments without the queue's monitor: within them, no limit is reached, and no level
 * or state changes. Written with the monitor held.
 */
@SuppressWarnings("UnusedVariable") // padding, so that no other thread writes to the same cache line
final class AdmissionBounds {
    private long a, b, c, d, e, f, g, h;

    /** The number of accepted fragments up to which {@code put} may add another one. */
    volatile long limit;

    /** The same for {@code offer} with any priority. */
    volatile long offerLimit;

    /** The maximum number of bytes of each of these fragments. */
    volatile long bytesEach;

    /** The number of fragments that have left the queue. */
    volatile long left;

    private long i, j, k, l, m, n, o, p;
}
