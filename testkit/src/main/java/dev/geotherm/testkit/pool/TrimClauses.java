package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clauses about {@link ObjectPools#trim}. */
abstract class TrimClauses {
    private final PoolFixture fixture;

    TrimClauses(PoolFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void trim_deallocatesTheIdleObjectsOfEveryPool() {
        ObjectPools pools = fixture.create(PoolLimits.failing(5));
        ObjectPool<Probe> a = pools.open("a", fixture.allocator);
        ObjectPool<Probe> b = pools.open("b", fixture.allocator);
        PoolFixture.releaseAll(a, fixture.acquire(a, 5));
        PoolFixture.releaseAll(b, fixture.acquire(b, 3));
        assertThat(pools.trim()).isEqualTo(fixture.reuses() ? 8 : 0);
        assertThat(fixture.allocator.deallocated).hasValue(8);
        assertThat(a.metrics().idle() + b.metrics().idle()).isZero();
    }

    @Test
    void trim_leavesObjectsInUseAlone() {
        ObjectPools pools = fixture.create(PoolLimits.failing(5));
        ObjectPool<Probe> pool = pools.open("probes", fixture.allocator);
        Probe probe = pool.acquire();
        assertThat(pools.trim()).isZero();
        assertThat(fixture.allocator.deallocated).hasValue(0);
        pool.release(probe);
        assertThatCode(() -> fixture.acquire(pool, 5)).doesNotThrowAnyException();
    }

    @Test
    void trim_keepsNoMoreThanWasInUse() {
        assumeTrue(fixture.can(PoolCapability.HOLDS_BACK_AFTER_TRIM), "a trim does not limit what is kept");
        ObjectPools pools = fixture.create(PoolLimits.failing(10));
        ObjectPool<Probe> pool = pools.open("probes", fixture.allocator);
        List<Probe> held = fixture.acquire(pool, 3);
        pools.trim();
        for (int round = 0; round < 3; round++) {
            List<Probe> more = fixture.acquire(pool, 7);
            PoolFixture.releaseAll(pool, more);
            assertThat(pool.metrics().size()).isEqualTo(3);
        }
        PoolFixture.releaseAll(pool, held);
        fixture.assertIdle(pool, 3);
        assertThat(fixture.acquire(pool, 10)).hasSize(10);
    }

    @Test
    void trim_poolOpenedLaterStartsEmpty() {
        ObjectPools pools = fixture.create(PoolLimits.failing(5).withInitialSize(3));
        pools.trim();
        ObjectPool<Probe> pool = pools.open("probes", fixture.allocator);
        assertThat(fixture.allocator.allocated).hasValue(0);
        assertThat(fixture.acquire(pool, 5)).hasSize(5);
    }

    @Test
    void trim_isAPressureEventInEveryOpenPool() {
        ObjectPools pools = fixture.create(PoolLimits.failing(5));
        ObjectPool<Probe> closed = pools.open("closed", fixture.allocator);
        closed.close();
        ObjectPool<Probe> idle = pools.open("idle", fixture.allocator);
        ObjectPool<Probe> busy = pools.open("busy", fixture.allocator);
        fixture.acquire(busy, 1);
        pools.trim();
        pools.trim();
        assertThat(idle.metrics().pressureEvents()).isEqualTo(2);
        assertThat(busy.metrics().pressureEvents()).isEqualTo(2);
        assertThat(closed.metrics().pressureEvents()).isZero();
    }
}
