package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.PoolMetrics;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The clauses about giving objects back, one's own way or by a lease; see {@link ObjectPoolsContract}. */
abstract class PoolsReturnClauses extends PoolsFixture {
    /** More than a generation of 16 bits can tell apart. */
    private static final int TURNS = 70_000;

    PoolsReturnClauses() {}

    /** {@link ObjectPool#release} and {@link ObjectPool#discard}. */
    @Nested
    class Releasing {

        @Test
        void releasingTwiceIsRefused() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(2));
            Thing thing = pool.acquire();
            pool.release(thing);
            assertRefused(pool, () -> pool.release(thing));
            assertThat(pool.acquire()).isNotSameAs(pool.acquire());
        }

        @Test
        void releasingAForeignObjectIsRefused() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            acquire(pool, 1);
            assertRefused(pool, () -> pool.release(workshop.foreign()));
        }

        @Test
        void releasingToAnotherPoolIsRefused() {
            ObjectPools pools = create(PoolLimits.failing(1));
            ObjectPool<Thing> right = pools.open("right", workshop);
            ObjectPool<Thing> wrong = pools.open("wrong", workshop);
            acquire(wrong, 1);
            Thing thing = right.acquire();
            assertRefused(wrong, () -> wrong.release(thing));
            assertThatCode(() -> right.release(thing)).doesNotThrowAnyException();
        }

        @Test
        void releasingAfterADiscardIsRefused() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            Thing thing = pool.acquire();
            pool.discard(thing);
            assertRefused(pool, () -> pool.release(thing));
        }

        @Test
        void discardingTwiceIsRefused() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            Thing thing = pool.acquire();
            pool.discard(thing);
            assertRefused(pool, () -> pool.discard(thing));
        }

        @Test
        void discardingAfterAReleaseIsRefused() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            Thing thing = pool.acquire();
            pool.release(thing);
            assertRefused(pool, () -> pool.discard(thing));
            assertServesAgain(thing, pool.acquire());
        }

        @Test
        void discardingDeallocatesAndFreesThePlace() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            Thing thing = pool.acquire();
            pool.discard(thing);
            assertThat(workshop.deallocated).hasValue(1);
            assertThat(pool.acquire()).isNotSameAs(thing);
            assertThat(pool.metrics().discarded()).isEqualTo(1);
            assertThat(pool.metrics().returned()).isEqualTo(1);
        }

        @Test
        void aFailingResetDiscardsTheObject() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            Thing thing = pool.acquire();
            workshop.failsToReset = true;
            pool.release(thing);
            assertThat(workshop.deallocated).hasValue(1);
            assertThat(pool.metrics().failures()).isEqualTo(reuses() ? 1 : 0);
            assertThat(pool.acquire()).isNotSameAs(thing);
        }

        @Test
        void aFailingDeallocationIsNotThrown() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            workshop.failsToDeallocate = true;
            pool.discard(pool.acquire());
            assertThatCode(pool::acquire).doesNotThrowAnyException();
        }

        @Test
        void anotherThreadMayRelease() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            Thing thing = pool.acquire();
            call(() -> {
                        pool.release(thing);
                        return true;
                    })
                    .get();
            assertServesAgain(thing, pool.acquire());
        }
    }

    /** {@link ObjectPool#lease}, {@link ObjectPool#use} and {@link ObjectPool#run}. */
    @Nested
    class Leasing {

        @Test
        void closingALeaseReleasesItsObject() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            Thing thing;
            try (Lease<Thing> lease = pool.lease()) {
                thing = lease.get();
                assertThat(lease.get()).isSameAs(thing);
            }
            assertServesAgain(thing, pool.acquire());
            assertThat(workshop.resets).hasValue(reuses() ? 1 : 0);
        }

        @Test
        void closingALeaseAgainDoesNothing() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            Lease<Thing> lease = pool.lease();
            lease.close();
            PoolMetrics before = pool.metrics();
            lease.close();
            assertThat(pool.metrics()).isEqualTo(before);
        }

        @Test
        void closingALeaseAgainLeavesTheNextHolderAlone() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            Lease<Thing> lease = pool.lease();
            lease.close();
            Thing thing = pool.acquire();
            lease.close();
            assertThat(pool.metrics().inUse()).isEqualTo(1);
            assertThatCode(() -> pool.release(thing)).doesNotThrowAnyException();
        }

        @Test
        void aLeaseClosedLongAgoLeavesTheHolderAlone() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            Lease<Thing> old = pool.lease();
            old.close();
            for (int turn = 0; turn < TURNS; turn++) {
                if (turn % 2 == 0) {
                    Thing thing = pool.acquire();
                    old.close();
                    assertThat(pool.metrics().inUse()).isEqualTo(1);
                    pool.release(thing);
                } else {
                    Lease<Thing> lease = pool.lease();
                    old.close();
                    assertThat(pool.metrics().inUse()).isEqualTo(1);
                    assertThat(lease.get()).isNotNull();
                    lease.close();
                }
            }
            assertThatIllegalStateException().isThrownBy(old::get);
            assertThat(pool.metrics().returned()).isEqualTo(TURNS + 1);
        }

        @Test
        void theObjectOfALeaseIsReturnedByTheLeaseOnly() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            Lease<Thing> lease = pool.lease();
            Thing thing = lease.get();
            assertRefused(pool, () -> pool.release(thing));
            assertRefused(pool, () -> pool.discard(thing));
            assertThat(lease.get()).isSameAs(thing);
            lease.close();
            assertThat(pool.metrics().inUse()).isZero();
            Thing next = pool.acquire();
            assertServesAgain(thing, next);
            assertThatCode(() -> pool.release(next)).doesNotThrowAnyException();
        }

        @Test
        void aClosedLeaseGivesNothing() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            Lease<Thing> lease = pool.lease();
            lease.close();
            assertThatIllegalStateException().isThrownBy(lease::get);
        }

        @Test
        void discardingALeaseDeallocatesItsObjectAndFreesThePlace() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            Lease<Thing> lease = pool.lease();
            Thing thing = lease.get();
            lease.discard();
            assertThat(thing.gone).isTrue();
            assertThat(workshop.resets).hasValue(0);
            assertThat(workshop.deallocated).hasValue(1);
            PoolMetrics metrics = pool.metrics();
            assertThat(metrics.discarded()).isEqualTo(1);
            assertThat(metrics.returned()).isEqualTo(1);
            assertThat(metrics.size()).isZero();
            assertThat(pool.acquire()).isNotSameAs(thing);
        }

        @Test
        void aDiscardedLeaseIsOver() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            Lease<Thing> over;
            try (Lease<Thing> lease = pool.lease()) {
                over = lease;
                lease.discard();
            }
            assertThatIllegalStateException().isThrownBy(over::get);
            Lease<Thing> next = pool.lease();
            PoolMetrics before = pool.metrics();
            over.discard();
            over.close();
            assertThat(pool.metrics()).isEqualTo(before);
            assertThat(next.get().gone).isFalse();
            next.close();
        }

        @Test
        void discardingAClosedLeaseLeavesTheNextHolderAlone() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            Lease<Thing> lease = pool.lease();
            lease.close();
            Lease<Thing> next = pool.lease();
            PoolMetrics before = pool.metrics();
            lease.discard();
            assertThat(pool.metrics()).isEqualTo(before);
            assertThat(next.get().gone).isFalse();
            next.close();
        }

        @Test
        void aDiscardedLeaseLetsAWaiterHaveANewObject() {
            ObjectPool<Thing> pool = open(PoolLimits.waiting(1).withMaxWait(Duration.ofSeconds(5)));
            Lease<Thing> lease = pool.lease();
            Thing thing = lease.get();
            Call<Thing> waiter = call(pool::acquire);
            lease.discard();
            assertThat(waiter.get()).isNotSameAs(thing);
        }

        @Test
        void leasingFailsAsAcquiringDoes() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            acquire(pool, 1);
            assertThatExceptionOfType(PoolExhaustedException.class).isThrownBy(pool::lease);
        }

        @Test
        void usingReleasesAndGivesTheResult() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            assertThat(pool.<String>use(thing -> "result")).isEqualTo("result");
            pool.run(thing -> assertThat(pool.metrics().inUse()).isEqualTo(1));
            assertThat(pool.metrics().inUse()).isZero();
        }

        @Test
        void usingReleasesWhenItFails() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            IllegalArgumentException failure = new IllegalArgumentException("planted");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pool.use(thing -> {
                        throw failure;
                    }))
                    .isSameAs(failure);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pool.run(thing -> {
                        throw failure;
                    }))
                    .isSameAs(failure);
            assertThat(pool.metrics().inUse()).isZero();
        }
    }
}
