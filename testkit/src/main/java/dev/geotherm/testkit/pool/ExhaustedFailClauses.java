package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolExhaustedException;
import org.junit.jupiter.api.Test;

/** Clauses about {@link dev.geotherm.api.pool.WhenExhausted#FAIL}. */
abstract class ExhaustedFailClauses {
    private final PoolFixture fixture;

    ExhaustedFailClauses(PoolFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void acquire_failsAtOnceWhenExhausted() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(2));
        fixture.acquire(pool, 2);
        assertThatExceptionOfType(PoolExhaustedException.class)
                .isThrownBy(pool::acquire)
                .withMessageContaining("probes")
                .withMessageContaining("2");
        assertThat(fixture.allocator.allocated).hasValue(2);
    }

    @Test
    void acquire_succeedsAgainAfterARelease() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        Probe probe = pool.acquire();
        assertThatExceptionOfType(PoolExhaustedException.class).isThrownBy(pool::acquire);
        pool.release(probe);
        assertThatCode(pool::acquire).doesNotThrowAnyException();
    }
}
