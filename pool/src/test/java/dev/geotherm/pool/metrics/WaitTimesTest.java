package dev.geotherm.pool.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.metrics.Distribution;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
final class WaitTimesTest {
    private static final int WAITS = 20_000;

    private final WaitTimes waits = new WaitTimes();

    @Test
    void distribution_isInSeconds() {
        waits.record(1_000_000_000);
        waits.record(3_000_000_000L);
        Distribution distribution = waits.distribution();
        assertThat(distribution.count()).isEqualTo(2);
        assertThat(distribution.mean()).isBetween(1.98, 2.02);
        assertThat(distribution.max()).isBetween(2.97, 3.03);
    }

    @Test
    void distribution_ofNoWaitsIsEmpty() {
        assertThat(waits.distribution()).isEqualTo(Distribution.EMPTY);
    }

    @Test
    void distribution_canBeReadWhileWaitsAreRecorded() {
        CompletableFuture<Void> recording = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < WAITS; i++) {
                waits.record(1L << (i % 40));
            }
        });
        while (!recording.isDone()) {
            waits.distribution();
        }
        recording.join();
        assertThat(waits.distribution().count()).isEqualTo(WAITS);
    }
}
