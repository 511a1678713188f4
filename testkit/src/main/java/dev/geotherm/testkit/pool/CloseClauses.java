package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clauses about {@link ObjectPool#close} and {@link dev.geotherm.api.pool.ObjectPools#close}. */
abstract class CloseClauses {
    private final PoolFixture fixture;

    CloseClauses(PoolFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void close_deallocatesIdleObjects() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(5));
        PoolFixture.releaseAll(pool, fixture.acquire(pool, 5));
        pool.close();
        assertThat(fixture.allocator.deallocated).hasValue(5);
        assertThat(pool.metrics().idle()).isZero();
    }

    @Test
    void close_leavesObjectsInUse() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(2));
        Probe probe = pool.acquire();
        Lease<Probe> lease = pool.lease();
        pool.close();
        assertThat(fixture.allocator.deallocated).hasValue(0);
        assertThat(lease.get()).isNotNull();
        pool.release(probe);
        lease.close();
        assertThat(fixture.allocator.deallocated).hasValue(2);
        assertThat(pool.metrics().inUse()).isZero();
    }

    @Test
    void acquire_fromAClosedPoolIsRefused() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        pool.close();
        assertThatIllegalStateException().isThrownBy(pool::acquire);
        assertThatIllegalStateException().isThrownBy(pool::lease);
    }

    @Test
    void close_twiceDoesNothing() {
        ObjectPools pools = fixture.create(PoolLimits.failing(1));
        ObjectPool<Probe> pool = pools.open("probes", fixture.allocator);
        pool.close();
        pool.close();
        assertThat(pools.metrics().closed()).isEqualTo(1);
    }

    @Test
    void close_twiceLeavesTheNextPoolOfItsNameOpen() {
        ObjectPools pools = fixture.create(PoolLimits.failing(1));
        ObjectPool<Probe> pool = pools.open("probes", fixture.allocator);
        pool.close();
        ObjectPool<Probe> next = pools.open("probes", fixture.allocator);
        pool.close();
        assertThatCode(next::acquire).doesNotThrowAnyException();
        assertThat(pools.metrics().pools()).containsOnlyKeys("probes");
    }

    @Test
    void close_ofTheComponentClosesEveryPool() {
        ObjectPools pools = fixture.create(PoolLimits.failing(1));
        List<ObjectPool<Probe>> opened =
                List.of(pools.open("a", fixture.allocator), pools.open("b", fixture.allocator));
        opened.forEach(pool -> pool.run(probe -> {}));
        pools.close();
        pools.close();
        opened.forEach(pool -> assertThatIllegalStateException().isThrownBy(pool::acquire));
        assertThat(fixture.allocator.deallocated).hasValue(2);
    }
}
