package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.api.streaming.Priority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackpressurePolicyTest {
    private final BackpressurePolicy policy =
            new BackpressurePolicy(new BackpressureSettings(200, 0.75, 0.1, 0.3, 0.6, 0.9));

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
    void level_followsSettings(int queued, BackpressureLevel level) {
        assertThat(policy.level(queued)).isEqualTo(level);
    }

    @ParameterizedTest
    @CsvSource({
        "149, HIGH, ACCEPTED",
        "150, HIGH, REFUSED_BACKPRESSURE",
        "150, LOWEST, REFUSED_BACKPRESSURE",
        "199, HIGHEST, ACCEPTED",
        "200, HIGHEST, REFUSED_FULL",
        "200, LOWEST, REFUSED_FULL",
        "250, HIGHEST, REFUSED_FULL",
    })
    void answer_dependsOnWatermarkCapacityAndPriority(int queued, Priority priority, Offer answer) {
        assertThat(policy.answer(queued, priority)).isEqualTo(answer);
    }

    @Test
    void state_changesAtHighWatermark() {
        assertThat(policy.state(149)).isEqualTo(PipelineState.RUNNING);
        assertThat(policy.state(150)).isEqualTo(PipelineState.BACKPRESSURE);
    }

    @Test
    void isFull_fromCapacityOn() {
        assertThat(policy.isFull(199)).isFalse();
        assertThat(policy.isFull(200)).isTrue();
    }

    @Test
    void fill_isNotRoundedUp() {
        for (int percent = 1; percent <= 100; percent++) {
            BackpressurePolicy exact =
                    new BackpressurePolicy(new BackpressureSettings(100, percent / 100.0, 1, 1, 1, 1));
            assertThat(exact.state(percent - 1)).isEqualTo(PipelineState.RUNNING);
            assertThat(exact.state(percent)).isEqualTo(PipelineState.BACKPRESSURE);
        }
    }

    @Test
    void level_ofEmptyQueueIsNone() {
        BackpressurePolicy tiny = new BackpressurePolicy(new BackpressureSettings(1, 0.01, 0.01, 0.01, 0.01, 0.01));

        assertThat(tiny.level(0)).isEqualTo(BackpressureLevel.NONE);
        assertThat(tiny.state(0)).isEqualTo(PipelineState.RUNNING);
    }
}
