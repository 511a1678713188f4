package dev.geotherm.diff.codec;

/** A policy for the choice of a compression method: what a byte on the wire is worth in computing time. */
public enum CompressionPolicy {
    /** Nothing is compressed. */
    NONE(0),
    /** Bytes count, time hardly ever: for slow links and for storage. */
    SIZE(10_000_000),
    /** Both count, as on a network of some 20 MB a second. */
    BALANCED(50),
    /** Time counts, bytes where they cost next to nothing to save: for fast links. */
    SPEED(2);

    private final double nanosPerByte;

    CompressionPolicy(double nanosPerByte) {
        this.nanosPerByte = nanosPerByte;
    }

    double cost(double bytes, double nanos) {
        return bytes * nanosPerByte + nanos;
    }
}
