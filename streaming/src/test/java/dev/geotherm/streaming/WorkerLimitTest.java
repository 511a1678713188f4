package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.streaming.WorkersReason;
import org.junit.jupiter.api.Test;

final class WorkerLimitTest {
    private final WorkerLimit limit = new WorkerLimit(10);

    @Test
    void get_isTheHighestNumberAtFirst() {
        assertThat(limit.get()).isEqualTo(10);
        assertThat(limit.reason()).isEqualTo(WorkersReason.SETTINGS);
        limit.succeeded();
        assertThat(limit.get()).isEqualTo(10);
        assertThat(limit.reason()).isEqualTo(WorkersReason.SETTINGS);
    }

    @Test
    void failed_reducesOnceForBatchesThatHadStartedBefore() {
        limit.failed(WorkersReason.UNAVAILABLE, 0, 100);
        assertThat(limit.get()).isEqualTo(7);
        limit.failed(WorkersReason.TIMEOUT, 50, 110);
        limit.failed(WorkersReason.TIMEOUT, 99, 120);
        assertThat(limit.get()).isEqualTo(7);
        assertThat(limit.reason()).isEqualTo(WorkersReason.UNAVAILABLE);
        limit.failed(WorkersReason.TIMEOUT, 100, 130);
        assertThat(limit.get()).isEqualTo(4);
        assertThat(limit.reason()).isEqualTo(WorkersReason.TIMEOUT);
    }

    @Test
    void failed_leavesOne() {
        for (int i = 0; i < 20; i++) {
            limit.failed(WorkersReason.TIMEOUT, i, i);
        }
        assertThat(limit.get()).isEqualTo(1);
    }

    @Test
    void succeeded_addsOneAfterAsManyBatches() {
        limit.failed(WorkersReason.UNAVAILABLE, 0, 0);
        int batches = 0;
        while (limit.get() == 7) {
            limit.succeeded();
            batches++;
        }
        assertThat(batches).isBetween(7, 8);
        assertThat(limit.get()).isEqualTo(8);
        assertThat(limit.reason()).isEqualTo(WorkersReason.SUCCESS);
    }

    @Test
    void reconfigure_keepsAReducedNumberAndRaisesAFullOne() {
        limit.reconfigure(20);
        assertThat(limit.get()).isEqualTo(20);
        limit.failed(WorkersReason.TIMEOUT, 0, 0);
        limit.reconfigure(40);
        assertThat(limit.get()).isEqualTo(14);
        assertThat(limit.reason()).isEqualTo(WorkersReason.TIMEOUT);
        limit.reconfigure(5);
        assertThat(limit.get()).isEqualTo(5);
        assertThat(limit.reason()).isEqualTo(WorkersReason.SETTINGS);
    }

    /** A service that refuses from the sixth concurrent batch on: the number stays near it. */
    @Test
    void get_followsWhatAServiceBears() {
        long now = 0;
        long sum = 0;
        for (int round = 0; round < 1_000; round++) {
            long started = now++;
            int batches = limit.get();
            sum += batches;
            for (int batch = 0; batch < batches; batch++) {
                if (batches > 5) {
                    limit.failed(WorkersReason.UNAVAILABLE, started, now);
                } else {
                    limit.succeeded();
                }
            }
        }
        assertThat(sum / 1_000.0).isBetween(4.0, 5.5);
    }
}
