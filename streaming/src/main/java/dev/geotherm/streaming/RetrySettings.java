package dev.geotherm.streaming;

import dev.geotherm.api.Problems;
import dev.geotherm.api.Setting;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The settings of retries. The delay doubles with each failure up to the longest one; each delay is shortened by a random part of up to
 * half, so that retries do not coincide.
 *
 * @param maxRetries how often a failed fragment is retried
 * @param retryDelay the delay before the first retry of a fragment, and before the first attempt in an outage
 * @param maxRetryDelay the longest delay
 */
public record RetrySettings(
        @Setting(defaultValue = "3", description = "How often a failed fragment is retried, at a lower priority.")
        int maxRetries,

        @Setting(
                defaultValue = "100ms",
                description =
                        "Delay before the first retry, of a fragment or in an outage; it doubles with each failure.")
        Duration retryDelay,

        @Setting(defaultValue = "30s", description = "The longest delay before a retry.")
        Duration maxRetryDelay) {

    /** Checks every value. */
    public RetrySettings {
        new Problems()
                .require(maxRetries >= 0, "maxRetries", "must be at least 0, was %s", maxRetries)
                .require(!retryDelay.isNegative(), "retryDelay", "must be at least 0, was %s", retryDelay)
                .require(
                        maxRetryDelay.compareTo(retryDelay) >= 0,
                        "maxRetryDelay",
                        "must be at least retryDelay (%s), was %s",
                        retryDelay,
                        maxRetryDelay)
                .throwIfAny();
    }

    /**
     * Returns the delay after a number of failures, at least 1.
     *
     * @param random from 0 to 1
     */
    long delayNanos(int failures, double random) {
        double longest = Math.min(
                Math.scalb((double) TimeUnit.NANOSECONDS.convert(retryDelay), Math.min(failures, 64) - 1),
                (double) TimeUnit.NANOSECONDS.convert(maxRetryDelay));
        return (long) (longest * (1 - random / 2));
    }
}
