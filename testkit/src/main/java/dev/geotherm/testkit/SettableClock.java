package dev.geotherm.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that tests set, starting at noon UTC on 1 January 2026. Any number of threads may read it; only one may set it.
 */
public final class SettableClock extends Clock {
    private volatile Instant now = Instant.parse("2026-01-01T12:00:00Z");

    /** Creates a clock set to its start time. */
    public SettableClock() {}

    /** Advances the clock. */
    public void advance(Duration time) {
        now = now.plus(time);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
