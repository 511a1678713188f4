package dev.geotherm.openai;

import dev.geotherm.api.anchor.EmbedderMetrics;
import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.metrics.MetricsBuilder;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/** The thread-safe counters behind the embedder's metrics. */
final class RequestMetrics {
    private static final int SIGNIFICANT_DIGITS = 2;

    private final LongAdder texts = new LongAdder();
    private final LongAdder characters = new LongAdder();
    private final LongAdder tokens = new LongAdder();
    private final LongAdder requests = new LongAdder();
    private final LongAdder retried = new LongAdder();
    private final Histogram textNanos = new SynchronizedHistogram(SIGNIFICANT_DIGITS);
    private final Histogram limitNanos = new SynchronizedHistogram(SIGNIFICANT_DIGITS);

    /** Counts a request that is about to be sent. */
    void request(boolean again, Duration waited) {
        requests.increment();
        if (again) {
            retried.increment();
        }
        limitNanos.recordValue(Math.max(0, waited.toNanos())); // the clock may have been set back
    }

    void tokens(long used) {
        tokens.add(used);
    }

    /** Counts the texts of a call, and divides the time of the call equally among them. */
    void embedded(int count, long length, long nanos) {
        texts.add(count);
        characters.add(length);
        if (count > 0) {
            textNanos.recordValueWithCount(Math.max(0, nanos) / count, count);
        }
    }

    EmbedderMetrics snapshot() {
        return MetricsBuilder.of(EmbedderMetrics.class)
                .set("texts", texts.sum())
                .set("characters", characters.sum())
                .set("time", distribution(textNanos))
                .set("tokens", tokens.sum())
                .set("requests", requests.sum())
                .set("retried", retried.sum())
                .set("limitTime", distribution(limitNanos))
                .build();
    }

    private static Distribution distribution(Histogram nanos) {
        Histogram now = nanos.copy();
        return Distribution.of(now.getTotalCount(), now.getMean(), now::getValueAtPercentile, 1e-9);
    }
}
