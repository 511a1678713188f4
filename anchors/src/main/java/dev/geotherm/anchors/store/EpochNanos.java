package dev.geotherm.anchors.store;

import java.time.Instant;

/** Conversions between instants and nanoseconds since 1970, which anchors store instead of objects. */
final class EpochNanos {
    private static final long PER_SECOND = 1_000_000_000;

    private EpochNanos() {}

    /**
     * Returns a time in nanoseconds since 1970.
     *
     * @throws IllegalArgumentException if the time is more than 292 years away from 1970, which overflows a long
     */
    static long of(Instant at) {
        long seconds = at.getEpochSecond();
        if (Math.abs(seconds) > Long.MAX_VALUE / PER_SECOND - 1) {
            throw new IllegalArgumentException("a time must be in the years 1678 to 2261, was " + at);
        }
        return seconds * PER_SECOND + at.getNano();
    }

    static Instant toInstant(long nanos) {
        return Instant.ofEpochSecond(Math.floorDiv(nanos, PER_SECOND), Math.floorMod(nanos, PER_SECOND));
    }
}
