package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.pool.ObjectPool;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clauses about {@link ObjectPool#cleanUp}. */
abstract class CleanUpClauses {
    private final PoolFixture fixture;

    CleanUpClauses(PoolFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void cleanUp_returnsHowManyItDeallocated() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(50));
        PoolFixture.releaseAll(pool, fixture.acquire(pool, 50));
        for (int i = 0; i < 3; i++) {
            int before = fixture.allocator.deallocated.get();
            assertThat(pool.cleanUp()).isEqualTo(fixture.allocator.deallocated.get() - before);
        }
    }

    @Test
    void cleanUp_deallocatesWhatDemandDoesNotNeed() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(50).withInitialSize(5));
        PoolFixture.releaseAll(pool, fixture.acquire(pool, 50));
        for (int i = 0; i < 100; i++) {
            pool.cleanUp();
        }
        assertThat(pool.metrics().idle()).isLessThanOrEqualTo(5);
    }

    @Test
    void cleanUp_deallocatesIdleObjectsThatAreTooOld() {
        assumeTrue(fixture.can(PoolCapability.EXPIRES_OLD_OBJECTS), "no object is too old");
        Duration age = Duration.ofMillis(1);
        ObjectPool<Probe> pool =
                fixture.open(PoolLimits.failing(5).withInitialSize(5).withMaxAge(age));
        List<Probe> probes = fixture.acquire(pool, 5);
        PoolFixture.releaseAll(pool, probes.subList(0, 3));
        fixture.outlive(age);
        pool.cleanUp();
        assertThat(pool.metrics().idle()).isZero();
        assertThat(pool.metrics().inUse()).isEqualTo(2);
        PoolFixture.releaseAll(pool, probes.subList(3, 5));
        assertThatCode(() -> fixture.acquire(pool, 5)).doesNotThrowAnyException();
    }

    @Test
    void cleanUp_leavesObjectsInUseAlone() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(2));
        Probe probe = pool.acquire();
        pool.cleanUp();
        pool.cleanUp();
        assertThat(fixture.allocator.deallocated).hasValue(0);
        assertThatCode(() -> pool.release(probe)).doesNotThrowAnyException();
    }
}
