package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.UnavailableException;
import dev.geotherm.api.metrics.MetricsBuilder;
import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineState;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PipelineProgressTest {
    private long now;
    private final PipelineProgress progress = new PipelineProgress(() -> now);

    private static PipelineMetrics metrics(PipelineState state, int queued, BackpressureLevel level) {
        return MetricsBuilder.of(PipelineMetrics.class)
                .set("state", state)
                .set("queued", queued)
                .set("capacity", 2_000)
                .set("level", level)
                .build();
    }

    @Test
    void queue_isEmptyIfNothingWaits() {
        assertThat(PipelineProgress.queue(metrics(PipelineState.RUNNING, 0, BackpressureLevel.NONE)))
                .isEmpty();
    }

    @Test
    void queue_hasFillAndLevel() {
        assertThat(PipelineProgress.queue(metrics(PipelineState.BACKPRESSURE, 1_700, BackpressureLevel.HIGH)))
                .isEqualTo("queue 1,700 of 2,000, backpressure high");
        assertThat(PipelineProgress.queue(metrics(PipelineState.RUNNING, 7, BackpressureLevel.NONE)))
                .isEqualTo("queue 7 of 2,000");
    }

    @Test
    void queue_hasTheTimeThatCausedTheLevel() {
        MetricsBuilder<PipelineMetrics> metrics =
                MetricsBuilder.copyOf(metrics(PipelineState.RUNNING, 7, BackpressureLevel.MEDIUM));
        metrics.set("levelSignal", BackpressureLevel.Signal.SOJOURN)
                .set("predictedSojourn", Duration.ofMillis(12_340))
                .set("oldestAge", Duration.ofMillis(45_670));
        assertThat(PipelineProgress.queue(metrics.build()))
                .isEqualTo("queue 7 of 2,000, backpressure medium (predicted wait 12.3 s)");
        metrics.set("levelSignal", BackpressureLevel.Signal.AGE);
        assertThat(PipelineProgress.queue(metrics.build()))
                .isEqualTo("queue 7 of 2,000, backpressure medium (oldest waiting for 45.7 s)");
    }

    @Test
    void obstacle_inAnOutageHasReasonAndTimeOfTheNextAttempt() {
        progress.unavailable(
                new UnavailableException("the server is overloaded\nand more", null), Duration.ofMillis(8_200));
        PipelineMetrics metrics = metrics(PipelineState.UNAVAILABLE, 2_000, BackpressureLevel.CRITICAL);
        assertThat(progress.obstacle(metrics)).isEqualTo("UNAVAILABLE (the server is overloaded), next attempt in 9 s");
        now += TimeUnit.SECONDS.toNanos(9);
        assertThat(progress.obstacle(metrics)).isEqualTo("UNAVAILABLE (the server is overloaded), trying now");
        assertThat(progress.obstacle(metrics(PipelineState.RUNNING, 0, BackpressureLevel.NONE)))
                .isEmpty();
    }

    @Test
    void obstacle_cutsALongReason() {
        progress.unavailable(new IllegalStateException("x".repeat(500)), Duration.ZERO);
        assertThat(progress.obstacle(metrics(PipelineState.UNAVAILABLE, 0, BackpressureLevel.NONE)))
                .hasSizeLessThan(100)
                .contains("…");
    }

    @Test
    void obstacle_saysWhenNoCallReturns() {
        assertThat(progress.obstacle(metrics(PipelineState.STALLED, 0, BackpressureLevel.NONE)))
                .isEqualTo("STALLED: no call returns");
    }
}
