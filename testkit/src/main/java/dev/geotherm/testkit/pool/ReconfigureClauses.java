package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clauses about {@link Reconfigurable#reconfigure}, if the implementation supports it. */
abstract class ReconfigureClauses {
    private final PoolFixture fixture;

    ReconfigureClauses(PoolFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void reconfigure_isOfferedAsDeclared() {
        ObjectPools pools = fixture.create(PoolLimits.failing(1));
        assertThat(pools instanceof Reconfigurable<?>).isEqualTo(fixture.can(PoolCapability.RECONFIGURES));
    }

    @Test
    void reconfigure_lowerBoundIsInForceAtOnce() {
        ObjectPools pools = fixture.create(PoolLimits.failing(10));
        ObjectPool<Probe> pool = pools.open("probes", fixture.allocator);
        List<Probe> held = fixture.acquire(pool, 6);
        PoolFixture.releaseAll(pool, fixture.acquire(pool, 4));
        fixture.reconfigure(pools, PoolLimits.failing(3));
        assertThat(pool.metrics().maxSize()).isEqualTo(3);
        assertThat(pool.metrics().idle()).isZero();
        PoolFixture.releaseAll(pool, held);
        fixture.assertIdle(pool, 3);
        PoolFixture.assertAddsUp(pool.metrics());
    }

    @Test
    void reconfigure_higherBoundServesWaiters() {
        ObjectPools pools = fixture.create(PoolLimits.waiting(1));
        ObjectPool<Probe> pool = pools.open("probes", fixture.allocator);
        fixture.acquire(pool, 1);
        List<Call<Probe>> waiters = List.of(Call.atRest(pool::acquire), Call.atRest(pool::acquire));
        fixture.reconfigure(pools, PoolLimits.waiting(3));
        waiters.forEach(Call::get);
        assertThat(pool.metrics().inUse()).isEqualTo(3);
    }

    @Test
    void reconfigure_fromWaitToAllocateServesWaiters() {
        ObjectPools pools = fixture.create(PoolLimits.waiting(1));
        ObjectPool<Probe> pool = pools.open("probes", fixture.allocator);
        fixture.acquire(pool, 1);
        Call<Probe> waiter = Call.atRest(pool::acquire);
        fixture.reconfigure(pools, PoolLimits.allocating(1));
        assertThat(waiter.get()).isNotNull();
    }

    @Test
    void reconfigure_keepsTheSettingsOfTheName() {
        ObjectPools pools = fixture.create(PoolLimits.failing(2), "small", PoolLimits.failing(1));
        ObjectPool<Probe> small = pools.open("small", fixture.allocator);
        ObjectPool<Probe> other = pools.open("other", fixture.allocator);
        fixture.reconfigure(pools, PoolLimits.failing(3));
        assertThat(small.metrics().maxSize()).isEqualTo(1);
        assertThat(other.metrics().maxSize()).isEqualTo(3);
    }

    @Test
    void reconfigure_underLoadLosesNothing() {
        reconfigureUnderLoad(1_000);
    }

    @Test
    @Tag("full")
    void reconfigure_tenThousandTimesUnderLoadLosesNothing() {
        reconfigureUnderLoad(10_000);
    }

    private void reconfigureUnderLoad(int times) {
        ObjectPools pools = fixture.create(PoolLimits.waiting(4));
        ObjectPool<Probe> pool = pools.open("probes", fixture.allocator);
        AtomicBoolean enough = new AtomicBoolean();
        List<Call<Integer>> users = new ArrayList<>();
        fixture.reconfigure(pools, PoolLimits.waiting(4));
        for (int i = 0; i < 4; i++) {
            users.add(Call.start(() -> {
                int uses = 0;
                while (uses < 500 || !enough.get()) {
                    pool.run(probe -> {
                        probe.take();
                        LockSupport.parkNanos(1_000);
                        probe.giveBack();
                    });
                    uses++;
                }
                return uses;
            }));
        }
        for (int round = 0; round < times; round++) {
            fixture.reconfigure(pools, PoolLimits.waiting(1 + round % 4));
        }
        enough.set(true);
        users.forEach(Call::get);
        assertThat(pool.metrics().inUse()).isZero();
        PoolFixture.assertAddsUp(pool.metrics());
        assertThat(fixture.allocator.allocated.get() - fixture.allocator.deallocated.get())
                .isEqualTo(pool.metrics().idle());
    }
}
