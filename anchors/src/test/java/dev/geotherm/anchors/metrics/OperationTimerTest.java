package dev.geotherm.anchors.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class OperationTimerTest {

    @Test
    void distribution_isReadableWhileTimesOfAnySizeAreRecorded() {
        for (int round = 0; round < 20; round++) {
            OperationTimer timer = new OperationTimer();
            CompletableFuture<Void> recording = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 2_000; i++) {
                    timer.record(System.nanoTime() - (1L << (i % 50)), 1);
                }
            });
            long count = 0;
            while (!recording.isDone()) {
                long now = timer.distribution().count();
                assertThat(now).isGreaterThanOrEqualTo(count);
                count = now;
            }
            recording.join();
            assertThat(timer.distribution().count()).isEqualTo(2_000);
        }
    }
}
