package dev.geotherm.engine;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineState;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The thread-safe progress of a pipeline for users: the fill of its queue, the backpressure level, and during an outage the
 * reason and the time until the next attempt.
 */
final class PipelineProgress {
    private static final int LONGEST_REASON = 60;

    private final LongSupplier nanoTime;
    private volatile @Nullable Outage outage;

    private record Outage(String reason, long retryNanos) {}

    PipelineProgress(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Records that the pipeline holds its fragments until the next attempt. */
    void unavailable(Throwable error, Duration retryIn) {
        outage = new Outage(reason(error), nanoTime.getAsLong() + TimeUnit.NANOSECONDS.convert(retryIn));
    }

    private static String reason(Throwable error) {
        String message = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        String line = message.lines().findFirst().orElse("");
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON - 1) + "…";
    }

    /** Returns the reason of an outage without line breaks, or an empty text. */
    String obstacle(PipelineMetrics now) {
        Outage current = outage;
        if (now.state() == PipelineState.UNAVAILABLE && current != null) {
            long left = Math.max(0, current.retryNanos() - nanoTime.getAsLong());
            long seconds = (left + TimeUnit.SECONDS.toNanos(1) - 1) / TimeUnit.SECONDS.toNanos(1);
            return "UNAVAILABLE (" + current.reason() + "), "
                    + (seconds == 0 ? "trying now" : "next attempt in " + seconds + " s");
        }
        return now.state() == PipelineState.STALLED ? "STALLED: no call returns" : "";
    }

    /** Returns the fill of the queue, and the backpressure level with its cause; empty if the queue is empty. */
    static String queue(PipelineMetrics now) {
        if (now.queued() == 0) {
            return "";
        }
        String level = now.level() == BackpressureLevel.NONE
                ? ""
                : ", backpressure " + now.level().name().toLowerCase(Locale.ROOT) + cause(now);
        return String.format(Locale.ROOT, "queue %,d of %,d%s", now.queued(), now.capacity(), level);
    }

    private static String cause(PipelineMetrics now) {
        return switch (now.levelSignal()) {
            case FILL -> "";
            case SOJOURN -> seconds(" (predicted wait %.1f s)", now.predictedSojourn());
            case AGE -> seconds(" (oldest waiting for %.1f s)", now.oldestAge());
        };
    }

    private static String seconds(String format, Duration time) {
        return String.format(Locale.ROOT, format, time.toMillis() / 1e3);
    }
}
