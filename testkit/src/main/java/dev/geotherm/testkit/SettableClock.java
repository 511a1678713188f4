package dev.geotherm.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A clock that tests set; it starts at noon on 1 January 2026, UTC. Safe for use by many threads, only one of which
 * sets it.
 */
public final class SettableClock extends Clock {
    private volatile Instant now = Instant.parse("2026-01-01T12:00:00Z");

    /** Creates a clock at its start. */
    public SettableClock() {}

    /** Moves the clock forward. */
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
