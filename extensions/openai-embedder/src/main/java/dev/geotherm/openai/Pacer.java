package dev.geotherm.openai;

import java.time.Instant;

/**
 * A rate limit: a token bucket without a burst. What is taken delays what is taken next by its share of a minute, so an amount
 * after a pause passes at once, and no minute has more than the limit plus the last amount.
 *
 * <p>Source: the generic cell rate algorithm (ITU-T I.371). Not safe for use by many threads.
 */
final class Pacer {
    private static final double MINUTE_NANOS = 60e9;

    private final double nanosPerUnit;
    private Instant next = Instant.EPOCH;

    /** Creates a limit; infinity for none. */
    Pacer(double perMinute) {
        nanosPerUnit = MINUTE_NANOS / perMinute;
    }

    /** Returns the time from which something may be taken. */
    Instant next() {
        return next;
    }

    /** Takes an amount at a time that is not before {@link #next}. */
    void take(long amount, Instant time) {
        next = time.plusNanos(nanos(amount));
    }

    /** Corrects an amount that was taken: a positive difference was used in addition, a negative one was not used. */
    void correct(long difference) {
        next = next.plusNanos(nanos(difference));
    }

    private long nanos(long amount) {
        return (long) Math.ceil(amount * nanosPerUnit);
    }
}
