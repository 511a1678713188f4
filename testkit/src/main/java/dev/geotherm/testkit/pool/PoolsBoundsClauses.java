package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.WhenExhausted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The clauses about a pool all of whose objects are in use; see {@link ObjectPoolsContract}. */
abstract class PoolsBoundsClauses extends PoolsMisuseClauses {

    PoolsBoundsClauses() {}

    /** {@link WhenExhausted#FAIL}. */
    @Nested
    class FailingWhenExhausted {

        @Test
        void anExhaustedPoolRefusesAtOnce() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(2));
            acquire(pool, 2);
            assertThatExceptionOfType(PoolExhaustedException.class)
                    .isThrownBy(pool::acquire)
                    .withMessageContaining("things")
                    .withMessageContaining("2");
            assertThat(workshop.allocated).hasValue(2);
        }

        @Test
        void anExhaustedPoolServesAgainAfterARelease() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(1));
            Thing thing = pool.acquire();
            assertThatExceptionOfType(PoolExhaustedException.class).isThrownBy(pool::acquire);
            pool.release(thing);
            assertThatCode(pool::acquire).doesNotThrowAnyException();
        }
    }

    /** {@link WhenExhausted#ALLOCATE}. */
    @Nested
    class AllocatingWhenExhausted {

        @Test
        void anExhaustedPoolMakesMore() {
            ObjectPool<Thing> pool = open(PoolLimits.allocating(2));
            acquire(pool, 5).forEach(Thing::take);
            assertThat(pool.metrics().inUse()).isEqualTo(5);
            assertThat(pool.metrics().utilisation()).isEqualTo(2.5);
        }

        @Test
        void objectsBeyondTheBoundAreDeallocatedOnTheirReturn() {
            ObjectPool<Thing> pool = open(PoolLimits.allocating(2));
            releaseAll(pool, acquire(pool, 5));
            assertIdle(pool, 2);
            assertThat(workshop.deallocated).hasValue(reuses() ? 3 : 5);
        }
    }

    /** {@link WhenExhausted#WAIT}. */
    @Nested
    class WaitingWhenExhausted {

        @Test
        void aWaiterGetsWhatIsReleased() {
            ObjectPool<Thing> pool = open(PoolLimits.waiting(1));
            Thing thing = pool.acquire();
            Call<Thing> waiter = call(pool::acquire);
            assertThat(waiter.result()).isNotDone();
            pool.release(thing);
            assertServesAgain(thing, waiter.get());
        }

        @Test
        void whatAWaiterGetsWasReset() {
            ObjectPool<Thing> pool = open(PoolLimits.waiting(1));
            Thing thing = pool.acquire();
            thing.content = 42;
            Call<Thing> waiter = call(pool::acquire);
            pool.release(thing);
            assertThat(waiter.get().content).isZero();
        }

        @Test
        void waitersAreServedInTheOrderOfTheirComing() {
            ObjectPool<Thing> pool = open(PoolLimits.waiting(1));
            Thing thing = pool.acquire();
            List<Integer> served = new CopyOnWriteArrayList<>();
            List<Call<Integer>> waiters = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                int number = i;
                waiters.add(call(() -> pool.use(held -> {
                    served.add(number);
                    return number;
                })));
            }
            pool.release(thing);
            waiters.forEach(Call::get);
            assertThat(served).containsExactly(0, 1, 2, 3, 4, 5);
        }

        @Test
        void aWaitEndsAtItsLimit() {
            ObjectPool<Thing> pool = open(PoolLimits.waiting(1).withMaxWait(Duration.ofMillis(20)));
            acquire(pool, 1);
            assertThat(call(pool::acquire).failure())
                    .isInstanceOf(PoolExhaustedException.class)
                    .hasMessageContaining("things");
        }

        @Test
        void aWaiterWhoGaveUpGetsNothing() {
            ObjectPool<Thing> pool = open(PoolLimits.waiting(1).withMaxWait(Duration.ofMillis(20)));
            Thing thing = pool.acquire();
            call(pool::acquire).failure();
            pool.release(thing);
            assertThat(pool.metrics().inUse()).isZero();
            assertServesAgain(thing, pool.acquire());
        }

        @Test
        void anInterruptedWaiterGivesUpAndStaysInterrupted() {
            ObjectPool<Thing> pool = open(PoolLimits.waiting(1));
            acquire(pool, 1);
            Call<Boolean> waiter = call(() -> {
                assertThatExceptionOfType(PoolExhaustedException.class).isThrownBy(pool::acquire);
                return Thread.currentThread().isInterrupted();
            });
            waiter.thread().interrupt();
            assertThat(waiter.get()).isTrue();
        }

        @Test
        void anInterruptedCallerWhoNeedNotWaitIsServed() {
            ObjectPool<Thing> pool = open(PoolLimits.waiting(1));
            Call<Boolean> caller = call(() -> {
                Thread.currentThread().interrupt();
                acquire(pool, 1);
                return Thread.currentThread().isInterrupted();
            });
            assertThat(caller.get()).isTrue();
        }

        @Test
        void aDiscardLetsAWaiterHaveANewObject() {
            ObjectPool<Thing> pool = open(PoolLimits.waiting(1));
            Thing thing = pool.acquire();
            Call<Thing> waiter = call(pool::acquire);
            pool.discard(thing);
            assertThat(waiter.get()).isNotSameAs(thing);
        }

        @Test
        void aFailingResetLetsAWaiterHaveANewObject() {
            ObjectPool<Thing> pool = open(PoolLimits.waiting(1));
            Thing thing = pool.acquire();
            Call<Thing> waiter = call(pool::acquire);
            workshop.failsToReset = true;
            pool.release(thing);
            assertThat(waiter.get()).isNotSameAs(thing);
        }

        @Test
        void anAllocationThatFailsLetsTheNextWaiterTry() {
            ObjectPool<Thing> pool = open(PoolLimits.waiting(1).withMaxWait(Duration.ofSeconds(5)));
            Thing thing = pool.acquire();
            List<Call<Thing>> waiters = List.of(call(pool::acquire), call(pool::acquire));
            workshop.failsToAllocate = true;
            pool.discard(thing);
            waiters.forEach(waiter -> assertThat(waiter.failure()).isInstanceOf(AllocationException.class));
            workshop.failsToAllocate = false;
            assertThatCode(pool::acquire).doesNotThrowAnyException();
        }

        @Test
        void aFailedAllocationHandsThePlaceToTheNextWaiter() {
            ObjectPool<Thing> pool = open(PoolLimits.waiting(1).withMaxWait(Duration.ofSeconds(5)));
            Thing thing = pool.acquire();
            List<Call<Thing>> waiters = List.of(call(pool::acquire), call(pool::acquire), call(pool::acquire));
            workshop.allocationsToFail.set(1);
            pool.discard(thing);
            assertThat(waiters.get(0).failure()).isInstanceOf(AllocationException.class);
            Thing made = waiters.get(1).get();
            assertThat(waiters.get(2).result()).isNotDone();
            pool.release(made);
            assertServesAgain(made, waiters.get(2).get());
            assertThat(pool.metrics().failures()).isEqualTo(1);
        }

        @Test
        void failingResetsCostNoPlaces() {
            ObjectPool<Thing> pool = open(PoolLimits.waiting(2).withMaxWait(Duration.ofSeconds(5)));
            for (int round = 1; round <= 5; round++) {
                workshop.failsToReset = true;
                releaseAll(pool, acquire(pool, 2));
                assertThat(pool.metrics().failures()).isEqualTo(reuses() ? 2L * round : 0);
                assertThat(pool.metrics().size()).isZero();
            }
            workshop.failsToReset = false;
            releaseAll(pool, acquire(pool, 2));
            assertThat(pool.metrics().waits()).isZero();
            assertIdle(pool, 2);
            assertFiguresAddUp(pool.metrics());
        }

        @Test
        void closingWakesEveryWaiter() {
            ObjectPool<Thing> pool = open(PoolLimits.waiting(1));
            acquire(pool, 1);
            List<Call<Thing>> waiters = List.of(call(pool::acquire), call(pool::acquire));
            pool.close();
            waiters.forEach(waiter -> assertThat(waiter.failure()).isInstanceOf(IllegalStateException.class));
        }

        @Test
        void waitsAreCountedAndTimed() {
            ObjectPool<Thing> pool = open(PoolLimits.waiting(1).withMaxWait(Duration.ofMillis(20)));
            Thing thing = pool.acquire();
            assertThat(pool.metrics().waits()).isZero();
            call(pool::acquire).failure();
            PoolMetrics metrics = pool.metrics();
            assertThat(metrics.waits()).isEqualTo(1);
            assertThat(metrics.waited()).isGreaterThanOrEqualTo(Duration.ofMillis(19));
            pool.release(thing);
        }
    }
}
