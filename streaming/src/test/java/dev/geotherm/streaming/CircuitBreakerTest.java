package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CircuitBreakerTest {
    private static final RetrySettings SETTINGS =
            new RetrySettings(0, Duration.ofNanos(4_000_000), Duration.ofNanos(20_000_000));

    private double random;
    private final CircuitBreaker breaker = new CircuitBreaker(() -> random);

    @Test
    void closed_admitsEveryBatch() {
        assertThat(breaker.nanosUntilAdmission(5)).isZero();
        assertThat(breaker.started()).isFalse();
        assertThat(breaker.nanosUntilAdmission(5)).isZero();
    }

    @Test
    void open_admitsOneTrialAfterTheDelay() {
        assertThat(breaker.failed(false, 1_000, 0, SETTINGS)).isEqualTo(4_000_000);

        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.nanosUntilAdmission(2_000)).isEqualTo(3_999_000);
        assertThat(breaker.nanosUntilAdmission(4_001_000)).isZero();
        assertThat(breaker.started()).isTrue();
        assertThat(breaker.nanosUntilAdmission(9_000_000)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void withdraw_admitsAnotherTrial() {
        breaker.failed(false, 0, 0, SETTINGS);
        assertThat(breaker.nanosUntilTrial(1_000_000)).isEqualTo(3_000_000);
        assertThat(breaker.started()).isTrue();
        assertThat(breaker.nanosUntilTrial(1_000_000)).isZero();
        breaker.withdraw(true);
        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.nanosUntilAdmission(5_000_000)).isEqualTo(-1_000_000);
    }

    @Test
    void delay_doublesWithEachFailedTrialUpToTheLongest() {
        breaker.failed(false, 0, 0, SETTINGS);
        long now = 0;
        for (long delay : new long[] {8_000_000, 16_000_000, 20_000_000, 20_000_000}) {
            now += breaker.nanosUntilAdmission(now);
            assertThat(breaker.started()).isTrue();
            assertThat(breaker.failed(true, now, 0, SETTINGS)).isEqualTo(delay);
        }
        assertThat(breaker.outages()).isEqualTo(1);
        assertThat(breaker.openNanos(now)).isEqualTo(now);
    }

    @Test
    void delay_isShortenedByJitter() {
        random = 0.5;

        assertThat(breaker.failed(false, 0, 0, SETTINGS)).isEqualTo(3_000_000);
    }

    @Test
    void delay_isAtLeastWhatTheServiceAsksFor() {
        assertThat(breaker.failed(false, 0, 900_000_000, SETTINGS)).isEqualTo(900_000_000);
        breaker.failed(false, 0, 0, SETTINGS);

        assertThat(breaker.nanosUntilAdmission(0)).isEqualTo(900_000_000);
    }

    @Test
    void delay_isNotIncreasedByBatchesThatBeganBefore() {
        breaker.failed(false, 0, 0, SETTINGS);
        breaker.failed(false, 1_000, 0, SETTINGS);

        assertThat(breaker.nanosUntilAdmission(0)).isEqualTo(4_000_000);
    }

    @Test
    void succeeded_closesAfterATrialOnly() {
        breaker.failed(false, 0, 0, SETTINGS);
        breaker.succeeded(false, 1_000);
        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.successes()).isZero();

        breaker.started();
        breaker.succeeded(true, 7_000);
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.successes()).isEqualTo(1);
        assertThat(breaker.openNanos(9_000)).isEqualTo(7_000);
    }

    @Test
    void hurry_admitsATrialAtOnce() {
        breaker.failed(false, 0, 900_000_000, SETTINGS);
        breaker.retryNow(1_000);

        assertThat(breaker.nanosUntilAdmission(1_000)).isZero();
    }
}
