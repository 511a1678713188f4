package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Clauses about leaked objects. */
abstract class LeakClauses {
    private static final int MANY = 1_000;

    /**
     * Usually, two collections suffice: after the first, the pool makes its references to objects in use weak; the second
     * clears the references to leaked objects. On a loaded machine, clauses failed with only two.
     */
    private static final int COLLECTIONS = 40;

    private final PoolFixture fixture;

    LeakClauses(PoolFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void leak_ofAnObjectIsDetected() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        pool.acquire();
        if (fixture.can(PoolCapability.FINDS_LEAKED)) {
            awaitLeaked(pool, 1);
            assertThat(pool.metrics().inUse()).isZero();
            assertThatCode(pool::acquire).doesNotThrowAnyException();
        } else {
            assertThat(pool.metrics().leaked()).isZero();
        }
    }

    @Test
    void leak_ofALeaseIsDetected() {
        assumeTrue(fixture.can(PoolCapability.FINDS_LEAKED), "leaks are not detected");
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        pool.run(probe -> {});
        pool.lease();
        awaitLeaked(pool, 1);
        PoolFixture.assertAddsUp(pool.metrics());
    }

    @Test
    void leak_givesItsCapacityToAWaiter() {
        assumeTrue(fixture.can(PoolCapability.FINDS_LEAKED), "leaks are not detected");
        ObjectPool<Probe> pool = fixture.open(PoolLimits.waiting(1));
        pool.acquire();
        Call<Probe> waiter = Call.atRest(pool::acquire);
        awaitLeaked(pool, 1);
        assertThat(waiter.get()).isNotNull();
    }

    @Test
    void leak_isCountedOnce() {
        assumeTrue(fixture.can(PoolCapability.FINDS_LEAKED), "leaks are not detected");
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(MANY + 1));
        Probe kept = pool.acquire();
        for (int i = 0; i < MANY; i++) {
            pool.acquire();
        }
        awaitLeaked(pool, MANY);
        assertThat(fixture.acquire(pool, MANY)).hasSize(MANY);
        System.gc();
        fixture.advance(Duration.ofSeconds(1));
        awaitLeaked(pool, MANY);
        pool.release(kept);
        assertThat(pool.metrics().inUse()).isEqualTo(MANY);
        assertThat(fixture.allocator.allocated).hasValue(2 * MANY + 1);
        PoolFixture.assertAddsUp(pool.metrics());
    }

    @Test
    void leak_isNotReportedForObjectsInUse() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(4));
        Probe probe = pool.acquire();
        Lease<Probe> lease = pool.lease();
        int leaks = fixture.can(PoolCapability.FINDS_LEAKED) ? 2 : 0;
        for (int i = 1; i <= leaks; i++) { // once the pool finds a leak, it references all objects in use weakly
            pool.acquire();
            awaitLeaked(pool, i);
        }
        System.gc();
        fixture.advance(Duration.ofSeconds(1));
        assertThat(pool.metrics().inUse()).isEqualTo(2);
        pool.release(probe);
        lease.close();
        System.gc();
        assertThat(pool.metrics().leaked()).isEqualTo(leaks);
        fixture.assertIdle(pool, 2);
    }

    /** Runs garbage collection and the scheduled clean-up until the pool has found the given number of leaks. */
    private void awaitLeaked(ObjectPool<Probe> pool, long count) {
        for (int i = 0; i < COLLECTIONS && pool.metrics().leaked() != count; i++) {
            System.gc();
            LockSupport.parkNanos(5_000_000); // a JVM thread enqueues cleared references
            fixture.advance(Duration.ofSeconds(1));
        }
        assertThat(pool.metrics().leaked()).as("leaks found").isEqualTo(count);
    }
}
