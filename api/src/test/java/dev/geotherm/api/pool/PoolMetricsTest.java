package dev.geotherm.api.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.metrics.Metrics;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PoolMetricsTest {

    @Test
    void declaration_isValid() {
        assertThatCode(() -> Metrics.check(PoolsMetrics.class)).doesNotThrowAnyException();
    }

    @Test
    void rates_relateToAcquisitionsAndBound() {
        PoolMetrics metrics = metrics(2, 6, 3, 5, 10);
        assertThat(metrics.size()).isEqualTo(8);
        assertThat(metrics.utilisation()).isEqualTo(0.5);
        assertThat(metrics.reuseRate()).isEqualTo(0.75);
    }

    @Test
    void rates_withoutAcquisitionsAreZero() {
        PoolMetrics metrics = metrics(0, 0, 0, 0, 0);
        assertThat(metrics.utilisation()).isZero();
        assertThat(metrics.reuseRate()).isZero();
    }

    @Test
    void utilisation_beyondTheBoundIsAboveOne() {
        assertThat(metrics(3, 0, 0, 3, 2).utilisation()).isEqualTo(1.5);
    }

    @Test
    void pools_areACopy() {
        Map<String, PoolMetrics> pools = new HashMap<>();
        PoolsMetrics metrics = new PoolsMetrics(pools, 1, 0);
        pools.put("late", metrics(0, 0, 0, 0, 1));
        assertThat(metrics.pools()).isEmpty();
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> metrics.pools().clear());
    }

    @Test
    void allocationException_namesPoolAndKeepsCause() {
        Exception cause = new Exception("planted");
        assertThat(new AllocationException("things", cause))
                .hasMessageContaining("things")
                .hasMessageContaining("planted")
                .hasCause(cause);
    }

    private static PoolMetrics metrics(long created, long reused, int idle, int inUse, int maxSize) {
        return new PoolMetrics(
                created, 0, 0, reused, 0, 0, idle, inUse, inUse, maxSize, 0, Distribution.EMPTY, 0, 0, 0, 0, 0);
    }
}
