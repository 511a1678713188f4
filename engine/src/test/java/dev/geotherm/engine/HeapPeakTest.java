package dev.geotherm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.testkit.ManualScheduler;
import dev.geotherm.testkit.SettableClock;
import org.junit.jupiter.api.Test;

class HeapPeakTest {

    @Test
    void bytes_areAtMostTheMaximumOfTheHeap() {
        ManualScheduler scheduler = new ManualScheduler(new SettableClock());
        try (HeapPeak peak = new HeapPeak(scheduler)) {
            assertThat(peak.bytes())
                    .isPositive()
                    .isLessThanOrEqualTo(Runtime.getRuntime().maxMemory());
        }
    }
}
