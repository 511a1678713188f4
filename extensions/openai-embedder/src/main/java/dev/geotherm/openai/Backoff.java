package dev.geotherm.openai;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/** An exponential backoff with jitter: each delay is random, between half and all of a limit that doubles. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int DOUBLINGS = 6;

    private final DoubleSupplier random;

    /** Creates a backoff with a source of random numbers from 0 (inclusive) to 1 (exclusive). */
    Backoff(DoubleSupplier random) {
        this.random = random;
    }

    /** Returns the delay after a failure; failures are numbered from 0. */
    Duration delay(int failure) {
        Duration limit = FIRST.multipliedBy(1L << Math.min(failure, DOUBLINGS));
        Duration bounded = limit.compareTo(LONGEST) > 0 ? LONGEST : limit;
        return Duration.ofNanos((long) (bounded.toNanos() * (0.5 + random.getAsDouble() / 2)));
    }
}
