package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The clauses about objects that their holders lost; see {@link ObjectPoolsContract}. */
abstract class PoolsLossClauses extends PoolsUpkeepClauses {
    private static final int MANY = 1_000;

    /**
     * Two are the rule: the first lets the pool let go of what is out, the second finds what is lost. With no more than
     * two, clauses failed on a loaded machine.
     */
    private static final int COLLECTIONS = 6;

    private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

    PoolsLossClauses() {}

    /** Objects whose holders lost them. */
    @Nested
    class Abandoning {

        @Test
        void whatAHolderLosesIsFoundWhereThatIsOffered() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            pool.acquire();
            if (can(PoolCapability.FINDS_ABANDONED)) {
                awaitAbandoned(pool, 1);
                assertThat(pool.metrics().inUse()).isZero();
                assertThatCode(pool::acquire).doesNotThrowAnyException();
            } else {
                assertThat(pool.metrics().abandoned()).isZero();
            }
        }

        @Test
        void aLostLeaseIsFoundWhereThatIsOffered() {
            assumeTrue(can(PoolCapability.FINDS_ABANDONED), "lost objects are not found");
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            pool.run(thing -> {});
            pool.lease();
            awaitAbandoned(pool, 1);
            assertFiguresAddUp(pool.metrics());
        }

        @Test
        void aWaiterGetsThePlaceOfWhatWasLost() {
            assumeTrue(can(PoolCapability.FINDS_ABANDONED), "lost objects are not found");
            ObjectPool<Thing> pool = open(PoolLimits.waiting(1));
            pool.acquire();
            Call<Thing> waiter = call(pool::acquire);
            awaitAbandoned(pool, 1);
            assertThat(waiter.get()).isNotNull();
        }

        @Test
        void allThatIsLostIsFoundOnce() {
            assumeTrue(can(PoolCapability.FINDS_ABANDONED), "lost objects are not found");
            ObjectPool<Thing> pool = open(PoolLimits.failing(MANY + 1));
            Thing kept = pool.acquire();
            for (int i = 0; i < MANY; i++) {
                pool.acquire();
            }
            awaitAbandoned(pool, MANY);
            assertThat(acquire(pool, MANY)).hasSize(MANY);
            System.gc();
            awaitAbandoned(pool, MANY);
            pool.release(kept);
            assertThat(pool.metrics().inUse()).isEqualTo(MANY);
            assertThat(workshop.allocated).hasValue(2 * MANY + 1);
            assertFiguresAddUp(pool.metrics());
        }

        @Test
        void whatIsHeldIsNotTakenForLost() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(4));
            Thing thing = pool.acquire();
            Lease<Thing> lease = pool.lease();
            int lost = can(PoolCapability.FINDS_ABANDONED) ? 2 : 0;
            for (int i = 1; i <= lost; i++) { // once the first is found, the pool has let go of all that was out
                pool.acquire();
                awaitAbandoned(pool, i);
            }
            System.gc();
            assertThat(pool.metrics().inUse()).isEqualTo(2);
            pool.release(thing);
            lease.close();
            System.gc();
            assertThat(pool.metrics().abandoned()).isEqualTo(lost);
            assertIdle(pool, 2);
        }

        /** Lets the collector run a few times, and leaves the pool some time after each to take note. */
        private void awaitAbandoned(ObjectPool<Thing> pool, long count) {
            for (int collection = 0; collection < COLLECTIONS; collection++) {
                System.gc();
                long end = System.nanoTime() + PATIENCE_NANOS;
                do {
                    LockSupport.parkNanos(2_000_000);
                } while (pool.metrics().abandoned() != count && System.nanoTime() < end);
                if (pool.metrics().abandoned() == count) {
                    return;
                }
            }
            assertThat(pool.metrics().abandoned())
                    .as("lost objects that were found")
                    .isEqualTo(count);
        }
    }
}
