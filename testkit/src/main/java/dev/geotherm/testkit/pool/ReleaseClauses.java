package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import org.junit.jupiter.api.Test;

/** Clauses about {@link ObjectPool#release} and {@link ObjectPool#discard}. */
abstract class ReleaseClauses {
    private final PoolFixture fixture;

    ReleaseClauses(PoolFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void release_twiceIsRefused() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(2));
        Probe probe = pool.acquire();
        pool.release(probe);
        fixture.assertRefused(pool, () -> pool.release(probe));
        assertThat(pool.acquire()).isNotSameAs(pool.acquire());
    }

    @Test
    void release_foreignObjectIsRefused() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        fixture.acquire(pool, 1);
        fixture.assertRefused(pool, () -> pool.release(fixture.allocator.foreign()));
    }

    @Test
    void release_toAnotherPoolIsRefused() {
        ObjectPools pools = fixture.create(PoolLimits.failing(1));
        ObjectPool<Probe> right = pools.open("right", fixture.allocator);
        ObjectPool<Probe> wrong = pools.open("wrong", fixture.allocator);
        fixture.acquire(wrong, 1);
        Probe probe = right.acquire();
        fixture.assertRefused(wrong, () -> wrong.release(probe));
        assertThatCode(() -> right.release(probe)).doesNotThrowAnyException();
    }

    @Test
    void release_afterDiscardIsRefused() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        Probe probe = pool.acquire();
        pool.discard(probe);
        fixture.assertRefused(pool, () -> pool.release(probe));
    }

    @Test
    void discard_twiceIsRefused() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        Probe probe = pool.acquire();
        pool.discard(probe);
        fixture.assertRefused(pool, () -> pool.discard(probe));
    }

    @Test
    void discard_afterReleaseIsRefused() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        Probe probe = pool.acquire();
        pool.release(probe);
        fixture.assertRefused(pool, () -> pool.discard(probe));
        fixture.assertServesAgain(probe, pool.acquire());
    }

    @Test
    void discard_deallocatesAndFreesCapacity() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        Probe probe = pool.acquire();
        pool.discard(probe);
        assertThat(fixture.allocator.deallocated).hasValue(1);
        assertThat(pool.acquire()).isNotSameAs(probe);
        assertThat(pool.metrics().discarded()).isEqualTo(1);
        assertThat(pool.metrics().released()).isEqualTo(1);
    }

    @Test
    void release_failingResetDiscards() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        Probe probe = pool.acquire();
        fixture.allocator.failsToReset = true;
        pool.release(probe);
        assertThat(fixture.allocator.deallocated).hasValue(1);
        assertThat(pool.metrics().failures()).isEqualTo(fixture.reuses() ? 1 : 0);
        assertThat(pool.acquire()).isNotSameAs(probe);
    }

    @Test
    void discard_failingDeallocationIsNotThrown() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        fixture.allocator.failsToDeallocate = true;
        pool.discard(pool.acquire());
        assertThatCode(pool::acquire).doesNotThrowAnyException();
    }

    @Test
    void release_byAnotherThreadIsAccepted() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        Probe probe = pool.acquire();
        Call.atRest(() -> {
                    pool.release(probe);
                    return true;
                })
                .get();
        fixture.assertServesAgain(probe, pool.acquire());
    }
}
