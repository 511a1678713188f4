package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.PoolMetrics;
import org.junit.jupiter.api.Test;

/** Clauses about {@link ObjectPool#lease}, {@link ObjectPool#use} and {@link ObjectPool#run}. */
abstract class LeaseClauses {
    /** More turns than a 16-bit generation counter can distinguish. */
    private static final int TURNS = 70_000;

    private static final int TURNS_PER_READING = 100;

    private final PoolFixture fixture;

    LeaseClauses(PoolFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void leaseClose_releasesTheObject() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        Probe probe;
        try (Lease<Probe> lease = pool.lease()) {
            probe = lease.get();
            assertThat(lease.get()).isSameAs(probe);
        }
        fixture.assertServesAgain(probe, pool.acquire());
        assertThat(fixture.allocator.resets).hasValue(fixture.reuses() ? 1 : 0);
    }

    @Test
    void leaseClose_twiceDoesNothing() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        Lease<Probe> lease = pool.lease();
        lease.close();
        PoolMetrics before = pool.metrics();
        lease.close();
        assertThat(pool.metrics()).isEqualTo(before);
    }

    @Test
    void leaseClose_twiceLeavesTheNextBorrowerAlone() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        Lease<Probe> lease = pool.lease();
        lease.close();
        Probe probe = pool.acquire();
        lease.close();
        assertThat(pool.metrics().inUse()).isEqualTo(1);
        assertThatCode(() -> pool.release(probe)).doesNotThrowAnyException();
    }

    @Test
    void leaseClose_muchLaterLeavesTheBorrowerAlone() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        Lease<Probe> old = pool.lease();
        old.close();
        for (int turn = 0; turn < TURNS; turn++) {
            if (turn % 2 == 0) {
                Probe probe = pool.acquire();
                old.close();
                assertOneInUse(pool, turn);
                pool.release(probe); // refused if the old lease has released the object
            } else {
                Lease<Probe> lease = pool.lease();
                old.close();
                assertOneInUse(pool, turn);
                Probe unused = lease.get(); // throws if the old lease has ended this one
                lease.close();
            }
        }
        assertThatIllegalStateException().isThrownBy(old::get);
        assertThat(pool.metrics().released()).isEqualTo(TURNS + 1);
    }

    /** Reads the metrics only in some turns, because reading takes far longer than a turn. */
    private static void assertOneInUse(ObjectPool<Probe> pool, int turn) {
        if (turn / 2 % TURNS_PER_READING == 0) {
            assertThat(pool.metrics().inUse()).isEqualTo(1);
        }
    }

    @Test
    void lease_objectIsReleasedByTheLeaseOnly() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        Lease<Probe> lease = pool.lease();
        Probe probe = lease.get();
        fixture.assertRefused(pool, () -> pool.release(probe));
        fixture.assertRefused(pool, () -> pool.discard(probe));
        assertThat(lease.get()).isSameAs(probe);
        lease.close();
        assertThat(pool.metrics().inUse()).isZero();
        Probe next = pool.acquire();
        fixture.assertServesAgain(probe, next);
        assertThatCode(() -> pool.release(next)).doesNotThrowAnyException();
    }

    @Test
    void leaseGet_afterCloseIsRefused() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        Lease<Probe> lease = pool.lease();
        lease.close();
        assertThatIllegalStateException().isThrownBy(lease::get);
    }

    @Test
    void leaseDiscard_deallocatesAndFreesCapacity() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        Lease<Probe> lease = pool.lease();
        Probe probe = lease.get();
        lease.discard();
        assertThat(probe.gone).isTrue();
        assertThat(fixture.allocator.resets).hasValue(0);
        assertThat(fixture.allocator.deallocated).hasValue(1);
        PoolMetrics metrics = pool.metrics();
        assertThat(metrics.discarded()).isEqualTo(1);
        assertThat(metrics.released()).isEqualTo(1);
        assertThat(metrics.size()).isZero();
        assertThat(pool.acquire()).isNotSameAs(probe);
    }

    @Test
    void leaseDiscard_endsTheLease() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        Lease<Probe> over;
        try (Lease<Probe> lease = pool.lease()) {
            over = lease;
            lease.discard();
        }
        assertThatIllegalStateException().isThrownBy(over::get);
        Lease<Probe> next = pool.lease();
        PoolMetrics before = pool.metrics();
        over.discard();
        over.close();
        assertThat(pool.metrics()).isEqualTo(before);
        assertThat(next.get().gone).isFalse();
        next.close();
    }

    @Test
    void leaseDiscard_afterCloseLeavesTheNextBorrowerAlone() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        Lease<Probe> lease = pool.lease();
        lease.close();
        Lease<Probe> next = pool.lease();
        PoolMetrics before = pool.metrics();
        lease.discard();
        assertThat(pool.metrics()).isEqualTo(before);
        assertThat(next.get().gone).isFalse();
        next.close();
    }

    @Test
    void leaseDiscard_givesAWaiterANewObject() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.waiting(1));
        Lease<Probe> lease = pool.lease();
        Probe probe = lease.get();
        Call<Probe> waiter = Call.atRest(pool::acquire);
        lease.discard();
        assertThat(waiter.get()).isNotSameAs(probe);
    }

    @Test
    void lease_failsAsAcquireDoes() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        fixture.acquire(pool, 1);
        assertThatExceptionOfType(PoolExhaustedException.class).isThrownBy(pool::lease);
    }

    @Test
    void use_releasesAndReturnsTheResult() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        assertThat(pool.<String>use(probe -> "result")).isEqualTo("result");
        pool.run(probe -> assertThat(pool.metrics().inUse()).isEqualTo(1));
        assertThat(pool.metrics().inUse()).isZero();
    }

    @Test
    void use_releasesWhenTheFunctionThrows() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        IllegalArgumentException failure = new IllegalArgumentException("planted");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pool.use(probe -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pool.run(probe -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(pool.metrics().inUse()).isZero();
    }
}
