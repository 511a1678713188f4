package dev.geotherm.anchors.store;

import java.time.Instant;

/** Points in time as nanoseconds since 1970, for where an object a moment would be garbage. */
final class EpochNanos {
    private static final long PER_SECOND = 1_000_000_000;

    private EpochNanos() {}

    /**
     * Returns a time as nanoseconds.
     *
     * @throws IllegalArgumentException if it is too far from 1970 to be told in nanoseconds: 292 years
     */
    static long toNanos(Instant at) {
        long seconds = at.getEpochSecond();
        if (Math.abs(seconds) > Long.MAX_VALUE / PER_SECOND - 1) {
            throw new IllegalArgumentException("a time must be of the years 1678 to 2261, was " + at);
        }
        return seconds * PER_SECOND + at.getNano();
    }

    static Instant toInstant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, PER_SECOND), Math.floorMod(nanos, PER_SECOND));
    }
}
