package dev.geotherm.api.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolsMetrics;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MetricsBuilderTest {

    @Test
    void build_whatIsNotSetIsZero() {
        PoolMetrics metrics = MetricsBuilder.of(PoolMetrics.class).build();
        assertThat(Metrics.read(metrics))
                .allSatisfy(measurement -> assertThat(measurement.value()).isIn(0, 0L, Distribution.EMPTY));
        assertThat(MetricsBuilder.of(PoolsMetrics.class).build().pools()).isEmpty();
    }

    @Test
    void set_convertsNumbers() {
        PoolMetrics metrics = MetricsBuilder.of(PoolMetrics.class)
                .set("created", 5)
                .set("idle", 3L)
                .set("waitTime", new Distribution(1, 2, 2, 2, 2, 2, 2))
                .build();
        assertThat(metrics.created()).isEqualTo(5);
        assertThat(metrics.idle()).isEqualTo(3);
        assertThat(metrics.waitTime().mean()).isEqualTo(2);
        assertThat(metrics.inUse()).isZero();
    }

    @Test
    void set_ofInstances() {
        PoolMetrics pool = MetricsBuilder.of(PoolMetrics.class).set("idle", 1).build();
        assertThat(MetricsBuilder.of(PoolsMetrics.class)
                        .set("pools", Map.of("a", pool))
                        .build()
                        .pools())
                .containsEntry("a", pool);
    }

    @Test
    void set_unknownNameIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetricsBuilder.of(PoolMetrics.class).set("creatd", 1))
                .withMessageContaining("PoolMetrics has no metric 'creatd'; it has created, ");
    }

    @Test
    void set_valueOfAnotherTypeIsRefused() {
        MetricsBuilder<PoolMetrics> builder = MetricsBuilder.of(PoolMetrics.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.set("waitTime", 1))
                .withMessage("PoolMetrics.waitTime is of type Distribution, not Integer");
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> builder.set("idle", 1L << 40));
    }
}
