package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.DataSize;
import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.api.streaming.Priority;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackpressurePolicyTest {
    private final BackpressurePolicy policy = new BackpressurePolicy(new BackpressureSettings(
            200, new DataSize(2_000), 0.5, 0.75, 0.1, 0.3, 0.6, 0.9, Duration.ZERO, Duration.ZERO, WhenCritical.WAIT));

    @ParameterizedTest
    @CsvSource({
        "0, NONE",
        "19, NONE",
        "20, LOW",
        "59, LOW",
        "60, MEDIUM",
        "119, MEDIUM",
        "120, HIGH",
        "179, HIGH",
        "180, CRITICAL",
        "200, CRITICAL",
        "250, CRITICAL",
    })
    void level_ofRisingFillFollowsSettings(int queued, BackpressureLevel level) {
        assertThat(policy.level(BackpressureLevel.NONE, queued, 0, 0, 0)).isEqualTo(level);
        assertThat(policy.level(BackpressureLevel.NONE, 0, 10L * queued, 0, 0)).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "CRITICAL, 120, CRITICAL",
        "CRITICAL, 119, HIGH",
        "CRITICAL, 59, MEDIUM",
        "CRITICAL, 19, LOW",
        "CRITICAL, 9, NONE",
        "HIGH, 60, HIGH",
        "HIGH, 59, MEDIUM",
        "MEDIUM, 20, MEDIUM",
        "MEDIUM, 19, LOW",
        "LOW, 10, LOW",
        "LOW, 9, NONE",
        "LOW, 180, CRITICAL",
    })
    void level_endsWhereTheOneBelowBegins(BackpressureLevel current, int queued, BackpressureLevel level) {
        assertThat(policy.level(current, queued, 0, 0, 0)).isEqualTo(level);
        assertThat(policy.level(current, 0, 10L * queued, 0, 0)).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, 149, HIGH, ACCEPTED",
        "BACKPRESSURE, 100, HIGH, REFUSED_BACKPRESSURE",
        "BACKPRESSURE, 150, LOWEST, REFUSED_BACKPRESSURE",
        "BACKPRESSURE, 199, HIGHEST, ACCEPTED",
        "BACKPRESSURE, 200, HIGHEST, REFUSED_FULL",
        "RUNNING, 200, LOWEST, REFUSED_FULL",
        "BACKPRESSURE, 250, HIGHEST, REFUSED_FULL",
    })
    void answer_dependsOnStateCapacityAndPriority(PipelineState state, int queued, Priority priority, Offer answer) {
        assertThat(policy.answer(state, queued, 0, priority)).isEqualTo(answer);
        assertThat(policy.answer(state, 0, 10L * queued, priority)).isEqualTo(answer);
    }

    @Test
    void state_changesAtHighWatermarkAndBackBelowLowWatermark() {
        assertThat(policy.state(PipelineState.RUNNING, 149, 1_499)).isEqualTo(PipelineState.RUNNING);
        assertThat(policy.state(PipelineState.RUNNING, 150, 0)).isEqualTo(PipelineState.BACKPRESSURE);
        assertThat(policy.state(PipelineState.RUNNING, 0, 1_500)).isEqualTo(PipelineState.BACKPRESSURE);
        assertThat(policy.state(PipelineState.BACKPRESSURE, 100, 0)).isEqualTo(PipelineState.BACKPRESSURE);
        assertThat(policy.state(PipelineState.BACKPRESSURE, 99, 999)).isEqualTo(PipelineState.RUNNING);
    }

    @Test
    void isFull_fromCapacityOn() {
        assertThat(policy.isFull(199, 1_999)).isFalse();
        assertThat(policy.isFull(200, 0)).isTrue();
        assertThat(policy.isFull(0, 2_000)).isTrue();
    }

    @Test
    void isFull_neverByBytesWithoutTheirCapacity() {
        BackpressurePolicy unbounded = new BackpressurePolicy(new BackpressureSettings(
                200, new DataSize(0), 0.5, 0.75, 0.1, 0.3, 0.6, 0.9, Duration.ZERO, Duration.ZERO, WhenCritical.WAIT));

        assertThat(unbounded.isFull(0, 1L << 60)).isFalse();
    }

    @Test
    void fill_isNotRoundedUp() {
        for (int percent = 1; percent <= 100; percent++) {
            double fill = percent / 100.0;
            BackpressurePolicy exact = new BackpressurePolicy(new BackpressureSettings(
                    100, new DataSize(0), fill, fill, 1, 1, 1, 1, Duration.ZERO, Duration.ZERO, WhenCritical.WAIT));
            assertThat(exact.state(PipelineState.RUNNING, percent - 1, 0)).isEqualTo(PipelineState.RUNNING);
            assertThat(exact.state(PipelineState.RUNNING, percent, 0)).isEqualTo(PipelineState.BACKPRESSURE);
        }
    }

    @Test
    void level_ofEmptyQueueIsNone() {
        BackpressurePolicy tiny = new BackpressurePolicy(new BackpressureSettings(
                1,
                new DataSize(1),
                0.01,
                0.01,
                0.01,
                0.01,
                0.01,
                0.01,
                Duration.ZERO,
                Duration.ZERO,
                WhenCritical.WAIT));

        assertThat(tiny.level(BackpressureLevel.CRITICAL, 0, 0, 0, 0)).isEqualTo(BackpressureLevel.NONE);
        assertThat(tiny.state(PipelineState.BACKPRESSURE, 0, 0)).isEqualTo(PipelineState.RUNNING);
    }

    private final BackpressurePolicy timed = new BackpressurePolicy(new BackpressureSettings(
            200,
            new DataSize(0),
            0.5,
            0.75,
            0.1,
            0.3,
            0.6,
            0.9,
            Duration.ofNanos(1_000),
            Duration.ofNanos(2_000),
            WhenCritical.WAIT));

    @ParameterizedTest
    @CsvSource({
        "NONE, 99, NONE",
        "NONE, 100, LOW",
        "NONE, 900, CRITICAL",
        "CRITICAL, 600, CRITICAL",
        "CRITICAL, 599, HIGH",
        "LOW, 50, LOW",
        "LOW, 49, NONE",
    })
    void level_followsTimesAsPartsOfTheirLimits(BackpressureLevel current, long thousandths, BackpressureLevel level) {
        assertThat(timed.level(current, 0, 0, thousandths, 0)).isEqualTo(level);
        assertThat(timed.level(current, 0, 0, 0, 2 * thousandths)).isEqualTo(level);
        assertThat(timed.level(current, 0, 0, 1, 2 * thousandths)).isEqualTo(level);
    }

    @Test
    void level_isTheHighestOfAllSignals() {
        assertThat(timed.level(BackpressureLevel.NONE, 20, 0, 300, 1_200)).isEqualTo(BackpressureLevel.HIGH);
        assertThat(timed.level(BackpressureLevel.NONE, 20, 0, 900, 0)).isEqualTo(BackpressureLevel.CRITICAL);
        assertThat(timed.level(BackpressureLevel.NONE, 120, 0, 0, 200)).isEqualTo(BackpressureLevel.HIGH);
    }

    @Test
    void part_isThatOfTheLimit() {
        assertThat(timed.part(BackpressureLevel.Signal.FILL, 50, 0, 400, 400)).isEqualTo(0.25);
        assertThat(timed.part(BackpressureLevel.Signal.SOJOURN, 50, 0, 400, 400))
                .isEqualTo(0.4);
        assertThat(timed.part(BackpressureLevel.Signal.AGE, 50, 0, 400, 400)).isEqualTo(0.2);
        assertThat(policy.part(BackpressureLevel.Signal.SOJOURN, 50, 0, 400, 400))
                .isZero();
        assertThat(policy.part(BackpressureLevel.Signal.AGE, 50, 0, 400, 400)).isZero();
        assertThat(policy.part(BackpressureLevel.Signal.FILL, 50, 1_000, 0, 0)).isEqualTo(0.5);
    }
}
