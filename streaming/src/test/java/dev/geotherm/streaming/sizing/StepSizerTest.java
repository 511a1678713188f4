package dev.geotherm.streaming.sizing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.BatchSizeReason;
import org.junit.jupiter.api.Test;

final class StepSizerTest {
    private final StepSizer sizer = new StepSizer(new BatchBounds(10, 30, Double.POSITIVE_INFINITY, 1_000));

    @Test
    void size_atMostDoubles() {
        sizer.learn(10, 10, 10);

        assertThat(sizer.maxFragments()).isEqualTo(20);
        assertThat(sizer.reason()).isEqualTo(BatchSizeReason.GROWTH);
        sizer.learn(20, 20, 20);
        assertThat(sizer.maxFragments()).isEqualTo(30);
        assertThat(sizer.reason()).isEqualTo(BatchSizeReason.MAXIMUM);
    }

    @Test
    void size_isTargetTimeDividedByTimePerFragment() {
        sizer.learn(10, 10, 800);

        assertThat(sizer.maxFragments()).isEqualTo(12);
        assertThat(sizer.reason()).isEqualTo(BatchSizeReason.TARGET_TIME);
        assertThat(sizer.nanosPerCost()).isEqualTo(80);
    }

    @Test
    void size_isSmoothedAndAtLeastOne() {
        sizer.learn(10, 10, 1_000);
        sizer.learn(10, 10, 2_000);
        assertThat(sizer.maxFragments()).isEqualTo(7); // 0.7 * 100 + 0.3 * 200 each

        for (int batch = 0; batch < 30; batch++) {
            sizer.learn(1, 1, 5_000);
        }
        assertThat(sizer.maxFragments()).isEqualTo(1);
        assertThat(sizer.reason()).isEqualTo(BatchSizeReason.MINIMUM);
    }
}
