package dev.geotherm.streaming;

import dev.geotherm.api.metrics.MetricsBuilder;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.streaming.sizing.BatchSizer;
import java.time.Duration;

/** The bounds of the next batch, from the configured sizing rule and the rate limit. Guarded by the queue's monitor. */
final class CurrentSizing {
    private static final double SECONDS_PER_NANO = 1e-9;

    private final RequestLimit limit;
    private BatchSizing rule;
    private BatchSizer sizer;

    CurrentSizing(BatchSettings settings, RequestLimit limit) {
        this.limit = limit;
        this.rule = settings.batchSizing();
        this.sizer = rule.sizer(settings.bounds());
    }

    int maxFragments() {
        return sizer.maxFragments();
    }

    /** Returns the cost that the next batch may have if it has several fragments. */
    double maxCost() {
        return Math.min(sizer.maxCost(), limit.largestCost());
    }

    void learn(int fragments, double cost, long nanos) {
        sizer.learn(fragments, cost, nanos);
    }

    /** Applies new settings. A different sizing rule starts untrained. */
    void reconfigure(BatchSettings settings) {
        if (settings.batchSizing() == rule) {
            sizer.reconfigure(settings.bounds());
        } else {
            rule = settings.batchSizing();
            sizer = rule.sizer(settings.bounds());
        }
    }

    void addTo(MetricsBuilder<PipelineMetrics> metrics) {
        metrics.set("batchSize", sizer.usualFragments())
                .set("batchSizeReason", sizer.reason())
                .set("fixedTime", Duration.ofNanos((long) sizer.fixedNanos()))
                .set("timePerCost", sizer.nanosPerCost() * SECONDS_PER_NANO);
    }
}
