package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.pool.ObjectPool;
import org.junit.jupiter.api.Test;

/** Clauses about {@link dev.geotherm.api.pool.WhenExhausted#ALLOCATE}. */
abstract class ExhaustedAllocateClauses {
    private final PoolFixture fixture;

    ExhaustedAllocateClauses(PoolFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void acquire_allocatesBeyondTheBoundWhenExhausted() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.allocating(2));
        fixture.acquire(pool, 5).forEach(Probe::take);
        assertThat(pool.metrics().inUse()).isEqualTo(5);
        assertThat(pool.metrics().utilisation()).isEqualTo(2.5);
    }

    @Test
    void release_beyondTheBoundDeallocates() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.allocating(2));
        PoolFixture.releaseAll(pool, fixture.acquire(pool, 5));
        fixture.assertIdle(pool, 2);
        assertThat(fixture.allocator.deallocated).hasValue(fixture.reuses() ? 3 : 5);
    }
}
