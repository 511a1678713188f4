package dev.geotherm.streaming;

import dev.geotherm.api.DataSize;
import dev.geotherm.testkit.streaming.PipelineShape;
import java.time.Duration;

/** Settings for tests: batches of one fragment, no retry, and times that do not matter. */
final class TestSettings {
    private TestSettings() {}

    static LanePipelinesSettings of(int capacity, int workers) {
        return of(capacity, workers, Duration.ofMinutes(5));
    }

    static LanePipelinesSettings of(int capacity, int workers, Duration batchTimeout) {
        return new LanePipelinesSettings(
                backpressure(capacity, 0, 0.8), batches(1, batchTimeout), retries(0), workers, Duration.ofSeconds(20));
    }

    static JournalSettings journaling(boolean journal, boolean spill) {
        return new JournalSettings(journal, spill, DataSize.parse("1GiB"));
    }

    static RetrySettings retries(int maxRetries) {
        return new RetrySettings(maxRetries, Duration.ZERO, Duration.ZERO);
    }

    static BatchSettings batches(int size, Duration batchTimeout) {
        return new BatchSettings(
                BatchSizing.PREDICTIVE, size, size, 0, Duration.ofHours(1), Duration.ZERO, batchTimeout);
    }

    static BackpressureSettings backpressure(int capacity, long capacityBytes, double highWatermark) {
        return backpressure(capacity, capacityBytes, highWatermark, Duration.ZERO, Duration.ZERO, WhenCritical.WAIT);
    }

    static BackpressureSettings backpressure(PipelineShape shape) {
        return backpressure(
                shape.capacity(),
                shape.capacityBytes(),
                shape.highWatermark(),
                shape.sojournLimit(),
                shape.ageLimit(),
                shape.refusesWhenCritical() ? WhenCritical.REFUSE : WhenCritical.WAIT);
    }

    private static BackpressureSettings backpressure(
            int capacity,
            long capacityBytes,
            double highWatermark,
            Duration sojournLimit,
            Duration ageLimit,
            WhenCritical whenCritical) {
        return new BackpressureSettings(
                capacity,
                new DataSize(capacityBytes),
                Math.min(0.5, highWatermark),
                highWatermark,
                0.5,
                0.7,
                0.85,
                0.95,
                sojournLimit,
                ageLimit,
                whenCritical);
    }
}
