package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.ObjectPool;
import org.junit.jupiter.api.Test;

/** Clauses about {@link ObjectPool#acquire}. */
abstract class AcquireClauses {
    private final PoolFixture fixture;

    AcquireClauses(PoolFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void acquire_givesEveryBorrowerItsOwnObject() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(20));
        fixture.acquire(pool, 20).forEach(Probe::take);
        assertThat(fixture.allocator.allocated).hasValue(20);
    }

    @Test
    void acquire_reusesAReleasedObject() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(2));
        Probe first = pool.acquire();
        pool.release(first);
        fixture.assertServesAgain(first, pool.acquire());
    }

    @Test
    void acquire_returnsAResetObject() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        pool.run(probe -> probe.content = 42);
        assertThat(pool.acquire().content).isZero();
    }

    @Test
    void acquire_replacesAnInvalidObject() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        Probe spoilt = pool.acquire();
        pool.release(spoilt);
        spoilt.broken = true;
        assertThat(pool.acquire()).isNotSameAs(spoilt);
        assertThat(fixture.allocator.deallocated).hasValue(1);
        assertThat(pool.metrics().discarded()).isEqualTo(1);
    }

    @Test
    void acquire_replacesAnObjectThatCannotBeValidated() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        Probe spoilt = pool.acquire();
        pool.release(spoilt);
        fixture.allocator.failsToValidate = true;
        assertThat(pool.acquire()).isNotSameAs(spoilt);
        assertThat(fixture.allocator.deallocated).hasValue(1);
    }

    @Test
    void acquire_countsFailingValidationsOnly() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        Probe spoilt = pool.acquire();
        pool.release(spoilt);
        spoilt.broken = true;
        pool.run(probe -> {});
        assertThat(pool.metrics().failures()).isZero();
        fixture.allocator.failsToValidate = true;
        pool.run(probe -> {});
        assertThat(fixture.allocator.failures.get() > 0).isEqualTo(fixture.reuses());
        assertThat(pool.metrics().failures()).isEqualTo(fixture.allocator.failures.get());
    }

    @Test
    void acquire_throwsTheFailureOfTheAllocator() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        fixture.allocator.failsToAllocate = true;
        assertThatExceptionOfType(AllocationException.class)
                .isThrownBy(pool::acquire)
                .withMessageContaining("probes")
                .withCauseInstanceOf(ProbeAllocator.PlantedException.class);
        assertThat(pool.metrics().failures()).isEqualTo(1);
    }

    @Test
    void acquire_failedAllocationLosesNoCapacity() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        fixture.allocator.failsToAllocate = true;
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(RuntimeException.class).isThrownBy(pool::acquire);
        }
        fixture.allocator.failsToAllocate = false;
        assertThatCode(pool::acquire).doesNotThrowAnyException();
    }
}
