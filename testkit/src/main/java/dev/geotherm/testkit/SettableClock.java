package dev.geotherm.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that stands still until it is told to go on; for any thread. It begins at noon of 1 January 2026, UTC. */
public final class SettableClock extends Clock {
    private volatile Instant now = Instant.parse("2026-01-01T12:00:00Z");

    /** Has the clock go on by so much. */
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
