package dev.geotherm.diff.codec;

/** A policy for the choice of the compression method: the computing time that a saved byte is worth. */
public enum CompressionPolicy {
    /** Nothing is compressed. */
    NONE(0),
    /** Fewest bytes, regardless of time. For slow links and storage. */
    SIZE(1e10), // ten seconds a byte: a pause of the machine during a trial must not decide
    /** A balance of bytes and time, suited to a network of about 20 MB/s. */
    BALANCED(50),
    /** Least time; saves bytes only where that is very cheap. For fast links. */
    SPEED(2);

    private final double nanosPerByte;

    CompressionPolicy(double nanosPerByte) {
        this.nanosPerByte = nanosPerByte;
    }

    double cost(double bytes, double nanos) {
        return bytes * nanosPerByte + nanos;
    }
}
