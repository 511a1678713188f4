package dev.geotherm.streaming;

import java.time.Duration;

/** Settings for tests: batches of one fragment, no retry, and times that do not matter. */
final class TestSettings {
    private TestSettings() {}

    static LanePipelinesSettings of(int capacity, int workers) {
        return of(capacity, workers, Duration.ofMinutes(5));
    }

    static LanePipelinesSettings of(int capacity, int workers, Duration batchTimeout) {
        return new LanePipelinesSettings(
                backpressure(capacity, 0.8),
                1,
                1,
                Duration.ofMillis(100),
                batchTimeout,
                0,
                workers,
                Duration.ofSeconds(20));
    }

    static BackpressureSettings backpressure(int capacity, double highWatermark) {
        return new BackpressureSettings(capacity, highWatermark, 0.5, 0.7, 0.85, 0.95);
    }
}
