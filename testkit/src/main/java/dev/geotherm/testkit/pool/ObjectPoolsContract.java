package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolMetrics;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * What every implementation of {@link ObjectPools} does: the whole contract of {@code dev.geotherm.api.pool}.
 *
 * <p>To prove an implementation, extend this class, give its factory, write the wanted limits as its settings, and say
 * what it can do:
 *
 * <pre>{@code
 * final class MyPoolsTest extends ObjectPoolsContract {
 *     @Override
 *     protected ObjectPoolsFactory<?> factory() {
 *         return new MyPoolsFactory();
 *     }
 *
 *     @Override
 *     protected Record settings(PoolLimits limits) {
 *         return new MyPoolsSettings(limits.initialSize(), limits.maxSize(), …);
 *     }
 *
 *     @Override
 *     protected Set<PoolCapability> capabilities() {
 *         return EnumSet.allOf(PoolCapability.class);
 *     }
 * }
 * }</pre>
 *
 * <p>Clauses about new settings are skipped where the implementation is not {@code Reconfigurable}, and those about
 * virtual threads where the JDK has none. Where objects that know their slot are taken back another way than others, extend
 * this class twice, once with {@code ofPoolables()} returning true. That no thread stays after {@code close()} is checked after each clause.
 */
public abstract class ObjectPoolsContract extends PoolsModelClauses {

    /** For subclasses. */
    protected ObjectPoolsContract() {}

    /** {@link ObjectPools#open}. */
    @Nested
    class Opening {

        @Test
        void aPoolHasTheNameItWasOpenedUnder() {
            assertThat(open(PoolLimits.failing(1)).name()).isEqualTo("things");
        }

        @Test
        void aNameIsOpenOnce() {
            ObjectPools pools = create(PoolLimits.failing(1));
            pools.open("things", workshop);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pools.open("things", workshop))
                    .withMessageContaining("things");
        }

        @Test
        void theNameOfAClosedPoolIsFree() {
            ObjectPools pools = create(PoolLimits.failing(1));
            pools.open("things", workshop).close();
            assertThatCode(() -> pools.open("things", workshop).acquire()).doesNotThrowAnyException();
        }

        @Test
        void openingAfterCloseIsRefused() {
            ObjectPools pools = create(PoolLimits.failing(1));
            pools.close();
            assertThatIllegalStateException().isThrownBy(() -> pools.open("things", workshop));
        }

        @Test
        void objectsAreMadeInAdvanceWhereThatIsOffered() {
            PoolMetrics metrics = open(PoolLimits.failing(5).withInitialSize(3)).metrics();
            boolean prepares = capabilities().contains(PoolCapability.PREPARES_OBJECTS);
            assertThat(metrics.prepared()).isEqualTo(prepares ? 3 : 0);
            assertThat(metrics.idle()).isEqualTo(prepares ? 3 : 0);
        }

        @Test
        void failingToMakeObjectsInAdvanceDoesNotPreventOpening() {
            workshop.failsToAllocate = true;
            ObjectPool<Thing> pool = open(PoolLimits.failing(3).withInitialSize(3));
            workshop.failsToAllocate = false;
            assertThat(acquire(pool, 3)).hasSize(3);
        }
    }

    /** {@link ObjectPool#acquire}. */
    @Nested
    class Acquiring {

        @Test
        void everyHolderHasAnObjectOfItsOwn() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(20));
            acquire(pool, 20).forEach(Thing::take);
            assertThat(workshop.allocated).hasValue(20);
        }

        @Test
        void aReleasedObjectIsUsedAgainWhereThatIsOffered() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(2));
            Thing first = pool.acquire();
            pool.release(first);
            assertServesAgain(first, pool.acquire());
        }

        @Test
        void anObjectIsResetBeforeItServesAgain() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            pool.run(thing -> thing.content = 42);
            assertThat(pool.acquire().content).isZero();
        }

        @Test
        void anObjectThatIsNotValidIsReplaced() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            Thing spoilt = pool.acquire();
            pool.release(spoilt);
            spoilt.broken = true;
            assertThat(pool.acquire()).isNotSameAs(spoilt);
            assertThat(workshop.deallocated).hasValue(1);
            assertThat(pool.metrics().discarded()).isEqualTo(1);
        }

        @Test
        void anObjectThatCannotBeValidatedIsReplaced() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            Thing spoilt = pool.acquire();
            pool.release(spoilt);
            workshop.failsToValidate = true;
            assertThat(pool.acquire()).isNotSameAs(spoilt);
            assertThat(workshop.deallocated).hasValue(1);
        }

        @Test
        void aFailingValidationIsAFailureAndAnInvalidObjectIsNone() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            Thing spoilt = pool.acquire();
            pool.release(spoilt);
            spoilt.broken = true;
            pool.run(thing -> {});
            assertThat(pool.metrics().failures()).isZero();
            workshop.failsToValidate = true;
            pool.run(thing -> {});
            assertThat(workshop.failures.get() > 0).isEqualTo(reuses());
            assertThat(pool.metrics().failures()).isEqualTo(workshop.failures.get());
        }

        @Test
        void theAllocatorsFailureReachesTheCaller() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            workshop.failsToAllocate = true;
            assertThatExceptionOfType(AllocationException.class)
                    .isThrownBy(pool::acquire)
                    .withMessageContaining("things")
                    .withCauseInstanceOf(Workshop.PlantedException.class);
            assertThat(pool.metrics().failures()).isEqualTo(1);
        }

        @Test
        void theAllocatorsFailureCostsNoCapacity() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            workshop.failsToAllocate = true;
            for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(RuntimeException.class).isThrownBy(pool::acquire);
            }
            workshop.failsToAllocate = false;
            assertThatCode(pool::acquire).doesNotThrowAnyException();
        }
    }

    /** {@link ObjectPool#close} and {@link ObjectPools#close}. */
    @Nested
    class Closing {

        @Test
        void closingDeallocatesIdleObjects() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(5));
            releaseAll(pool, acquire(pool, 5));
            pool.close();
            assertThat(workshop.deallocated).hasValue(5);
            assertThat(pool.metrics().idle()).isZero();
        }

        @Test
        void objectsInUseOutliveThePool() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(2));
            Thing thing = pool.acquire();
            Lease<Thing> lease = pool.lease();
            pool.close();
            assertThat(workshop.deallocated).hasValue(0);
            assertThat(lease.get()).isNotNull();
            pool.release(thing);
            lease.close();
            assertThat(workshop.deallocated).hasValue(2);
            assertThat(pool.metrics().inUse()).isZero();
        }

        @Test
        void acquiringFromAClosedPoolIsRefused() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            pool.close();
            assertThatIllegalStateException().isThrownBy(pool::acquire);
            assertThatIllegalStateException().isThrownBy(pool::lease);
        }

        @Test
        void closingAPoolAgainDoesNothing() {
            ObjectPools pools = create(PoolLimits.failing(1));
            ObjectPool<Thing> pool = pools.open("things", workshop);
            pool.close();
            pool.close();
            assertThat(pools.metrics().closed()).isEqualTo(1);
        }

        @Test
        void closingAPoolAgainLeavesTheNextOfItsNameOpen() {
            ObjectPools pools = create(PoolLimits.failing(1));
            ObjectPool<Thing> pool = pools.open("things", workshop);
            pool.close();
            ObjectPool<Thing> next = pools.open("things", workshop);
            pool.close();
            assertThatCode(next::acquire).doesNotThrowAnyException();
            assertThat(pools.metrics().pools()).containsOnlyKeys("things");
        }

        @Test
        void closingTheComponentClosesEveryPool() {
            ObjectPools pools = create(PoolLimits.failing(1));
            List<ObjectPool<Thing>> opened = List.of(pools.open("a", workshop), pools.open("b", workshop));
            opened.forEach(pool -> pool.run(thing -> {}));
            pools.close();
            pools.close();
            opened.forEach(pool -> assertThatIllegalStateException().isThrownBy(pool::acquire));
            assertThat(workshop.deallocated).hasValue(2);
        }
    }
}
