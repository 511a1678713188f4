package dev.geotherm.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ArrivalPaceTest {
    private static final long SHORT = 1_000;
    private static final long LONG = 1_000_000;

    private final ArrivalPace pace = new ArrivalPace();
    private long now;

    @Test
    void isQuick_afterFragmentsHaveArrivedSoonSomeTimes() {
        for (int i = 0; i < 3; i++) {
            assertThat(arrive(1, SHORT)).isFalse();
        }
        assertThat(arrive(100, SHORT)).isTrue();
        assertThat(arrive(100, LONG)).isTrue();
    }

    @Test
    void isQuick_notAfterFragmentsHaveArrivedLate() {
        for (int i = 0; i < 10; i++) {
            assertThat(arrive(1, SHORT)).isFalse();
            assertThat(arrive(1, SHORT)).isFalse();
            assertThat(arrive(100, LONG)).isFalse();
        }
    }

    @Test
    void isQuick_untilFewArriveDuringASleep() {
        for (int i = 0; i < 3; i++) {
            arrive(1, SHORT);
        }
        assertThat(arrive(8, SHORT)).isTrue();
        assertThat(arrive(7, SHORT)).isTrue();
        assertThat(arrive(100, SHORT)).isFalse();
    }

    @Test
    void isQuick_notWhileFragmentsWait() {
        for (int i = 0; i < 10; i++) {
            pace.ended(false, now);
            assertThat(pace.shouldSleep()).isFalse();
            pace.started(100, now - LONG);
        }
    }

    /** A batch ends and leaves nothing, and the next one has a fragment that arrived after a time; returns whether to sleep first. */
    private boolean arrive(int waiting, long nanos) {
        pace.ended(true, now);
        boolean quick = pace.shouldSleep();
        now += nanos;
        pace.started(waiting, now);
        return quick;
    }
}
