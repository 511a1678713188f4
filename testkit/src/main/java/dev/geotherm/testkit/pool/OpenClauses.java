package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.PoolMetrics;
import org.junit.jupiter.api.Test;

/** Clauses about {@link dev.geotherm.api.pool.ObjectPools#open}. */
abstract class OpenClauses {
    private final PoolFixture fixture;

    OpenClauses(PoolFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void open_setsTheName() {
        assertThat(fixture.open(PoolLimits.failing(1)).name()).isEqualTo("probes");
    }

    @Test
    void open_twiceUnderOneNameIsRefused() {
        ObjectPools pools = fixture.create(PoolLimits.failing(1));
        pools.open("probes", fixture.allocator);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pools.open("probes", fixture.allocator))
                .withMessageContaining("probes");
    }

    @Test
    void open_acceptsTheNameOfAClosedPool() {
        ObjectPools pools = fixture.create(PoolLimits.failing(1));
        pools.open("probes", fixture.allocator).close();
        assertThatCode(() -> pools.open("probes", fixture.allocator).acquire()).doesNotThrowAnyException();
    }

    @Test
    void open_afterCloseIsRefused() {
        ObjectPools pools = fixture.create(PoolLimits.failing(1));
        pools.close();
        assertThatIllegalStateException().isThrownBy(() -> pools.open("probes", fixture.allocator));
    }

    @Test
    void open_preallocates() {
        PoolMetrics metrics =
                fixture.open(PoolLimits.failing(5).withInitialSize(3)).metrics();
        boolean preallocates = fixture.can(PoolCapability.PREALLOCATES);
        assertThat(metrics.preallocated()).isEqualTo(preallocates ? 3 : 0);
        assertThat(metrics.idle()).isEqualTo(preallocates ? 3 : 0);
    }

    @Test
    void open_succeedsWhenPreallocationFails() {
        fixture.allocator.failsToAllocate = true;
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(3).withInitialSize(3));
        fixture.allocator.failsToAllocate = false;
        assertThat(fixture.acquire(pool, 3)).hasSize(3);
    }

    @Test
    void open_usesTheSettingsOfTheName() {
        ObjectPools pools = fixture.create(PoolLimits.failing(2), "small", PoolLimits.failing(1));
        ObjectPool<Probe> small = pools.open("small", fixture.allocator);
        ObjectPool<Probe> other = pools.open("other", fixture.allocator);
        assertThat(small.metrics().maxSize()).isEqualTo(1);
        assertThat(other.metrics().maxSize()).isEqualTo(2);
        fixture.acquire(small, 1);
        assertThatExceptionOfType(PoolExhaustedException.class).isThrownBy(small::acquire);
        assertThat(fixture.acquire(other, 2)).hasSize(2);
    }
}
