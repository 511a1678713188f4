package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.testkit.RandomCases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The clauses about metrics, clean-up, relief, lost objects and new settings; see {@link ObjectPoolsContract}. */
abstract class PoolsUpkeepClauses extends PoolsConcurrencyClauses {

    PoolsUpkeepClauses() {}

    /** {@link ObjectPool#metrics} and {@link ObjectPools#metrics}. */
    @Nested
    class Measuring {

        @Test
        void theFiguresAddUpWhateverIsDone() {
            RandomCases.run(20, random -> {
                ObjectPools pools = create(PoolLimits.failing(6).withInitialSize(random.nextInt(4)));
                ObjectPool<Thing> pool = pools.open("things", newWorkshop());
                List<Thing> held = new ArrayList<>();
                for (int step = 0; step < 100; step++) {
                    doSomething(pool, held, random);
                    assertThat(pool.metrics().inUse()).isEqualTo(held.size());
                    assertFiguresAddUp(pool.metrics());
                }
                pool.close();
                releaseAll(pool, held);
                assertThat(pool.metrics().size()).isZero();
                assertFiguresAddUp(pool.metrics());
            });
        }

        private void doSomething(ObjectPool<Thing> pool, List<Thing> held, Random random) {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    if (held.size() < pool.metrics().maxSize()) {
                        held.add(pool.acquire());
                    }
                }
                case 3, 4 -> {
                    if (!held.isEmpty()) {
                        pool.release(held.remove(random.nextInt(held.size())));
                    }
                }
                case 5 -> {
                    if (!held.isEmpty()) {
                        Thing thing = held.remove(random.nextInt(held.size()));
                        thing.broken = true;
                        pool.release(thing);
                    }
                }
                case 6 -> {
                    if (!held.isEmpty()) {
                        pool.discard(held.remove(random.nextInt(held.size())));
                    }
                }
                default -> pool.cleanUp();
            }
        }

        @Test
        void createdAndReusedAreToldApart() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(3));
            releaseAll(pool, acquire(pool, 2));
            releaseAll(pool, acquire(pool, 3));
            PoolMetrics metrics = pool.metrics();
            long reused = reuses() ? 2 : 0;
            assertThat(metrics.created()).isEqualTo(5 - reused);
            assertThat(metrics.reused()).isEqualTo(reused);
            assertThat(metrics.returned()).isEqualTo(5);
            assertThat(metrics.reuseRate()).isEqualTo(reuses() ? 0.4 : 0);
            assertThat(metrics.bytesSaved()).isEqualTo(reused * Workshop.SIZE);
        }

        @Test
        void whatWasMadeInAdvanceIsNotReusedWhenItServesFirst() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(3));
            long prepared = pool.metrics().prepared();
            releaseAll(pool, acquire(pool, 3));
            PoolMetrics metrics = pool.metrics();
            assertThat(metrics.reused()).isZero();
            assertThat(metrics.bytesSaved()).isZero();
            assertThat(metrics.firstUses()).isEqualTo(Math.min(prepared, 3));
            assertThat(metrics.handedOut()).isEqualTo(3);
        }

        @Test
        void thePeakIsTheMostInUseAtOnce() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(5));
            releaseAll(pool, acquire(pool, 4));
            acquire(pool, 1);
            assertThat(pool.metrics().peak()).isEqualTo(4);
        }

        @Test
        void theBoundInForceIsShown() {
            assertThat(open(PoolLimits.failing(7)).metrics().maxSize()).isEqualTo(7);
        }

        @Test
        void theComponentShowsItsOpenPools() {
            ObjectPools pools = create(PoolLimits.failing(1));
            ObjectPool<Thing> a = pools.open("a", workshop);
            pools.open("b", workshop);
            a.run(thing -> {});
            assertThat(pools.metrics().pools()).containsOnlyKeys("a", "b").containsEntry("a", a.metrics());
            a.close();
            assertThat(pools.metrics().pools()).containsOnlyKeys("b");
            assertThat(pools.metrics().opened()).isEqualTo(2);
            assertThat(pools.metrics().closed()).isEqualTo(1);
        }
    }

    /** {@link ObjectPool#cleanUp}. */
    @Nested
    class CleaningUp {

        @Test
        void cleaningUpSaysHowManyItDeallocated() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(50));
            releaseAll(pool, acquire(pool, 50));
            for (int i = 0; i < 3; i++) {
                int before = workshop.deallocated.get();
                assertThat(pool.cleanUp()).isEqualTo(workshop.deallocated.get() - before);
            }
        }

        @Test
        void whenDemandIsGoneIdleObjectsAreDeallocated() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(50).withInitialSize(5));
            releaseAll(pool, acquire(pool, 50));
            for (int i = 0; i < 100; i++) {
                pool.cleanUp();
            }
            assertThat(pool.metrics().idle()).isLessThanOrEqualTo(5);
        }

        @Test
        void whatIsIdleAndTooOldIsGivenUp() {
            assumeTrue(can(PoolCapability.GIVES_UP_OLD_OBJECTS), "no object is too old");
            Duration age = Duration.ofMillis(1);
            ObjectPool<Thing> pool =
                    open(PoolLimits.failing(5).withInitialSize(5).withMaxAge(age));
            List<Thing> things = acquire(pool, 5);
            releaseAll(pool, things.subList(0, 3));
            outlive(age);
            pool.cleanUp();
            assertThat(pool.metrics().idle()).isZero();
            assertThat(pool.metrics().inUse()).isEqualTo(2);
            releaseAll(pool, things.subList(3, 5));
            assertThatCode(() -> acquire(pool, 5)).doesNotThrowAnyException();
        }

        @Test
        void cleaningUpLeavesObjectsInUseAlone() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(2));
            Thing thing = pool.acquire();
            pool.cleanUp();
            pool.cleanUp();
            assertThat(workshop.deallocated).hasValue(0);
            assertThatCode(() -> pool.release(thing)).doesNotThrowAnyException();
        }
    }

    /** {@link ObjectPools#relieve}. */
    @Nested
    class Relieving {

        @Test
        void reliefDeallocatesTheIdleObjectsOfEveryPool() {
            ObjectPools pools = create(PoolLimits.failing(5));
            ObjectPool<Thing> a = pools.open("a", workshop);
            ObjectPool<Thing> b = pools.open("b", workshop);
            releaseAll(a, acquire(a, 5));
            releaseAll(b, acquire(b, 3));
            assertThat(pools.relieve()).isEqualTo(reuses() ? 8 : 0);
            assertThat(workshop.deallocated).hasValue(8);
            assertThat(a.metrics().idle() + b.metrics().idle()).isZero();
        }

        @Test
        void reliefLeavesObjectsInUseAlone() {
            ObjectPools pools = create(PoolLimits.failing(5));
            ObjectPool<Thing> pool = pools.open("things", workshop);
            Thing thing = pool.acquire();
            assertThat(pools.relieve()).isZero();
            assertThat(workshop.deallocated).hasValue(0);
            pool.release(thing);
            assertThatCode(() -> acquire(pool, 5)).doesNotThrowAnyException();
        }

        @Test
        void afterReliefNoMoreIsKeptThanWasInUse() {
            assumeTrue(can(PoolCapability.HOLDS_BACK_AFTER_RELIEF), "a relief holds nothing back");
            ObjectPools pools = create(PoolLimits.failing(10));
            ObjectPool<Thing> pool = pools.open("things", workshop);
            List<Thing> held = acquire(pool, 3);
            pools.relieve();
            for (int round = 0; round < 3; round++) {
                List<Thing> more = acquire(pool, 7);
                releaseAll(pool, more);
                assertThat(pool.metrics().size()).isEqualTo(3);
            }
            releaseAll(pool, held);
            assertIdle(pool, 3);
            assertThat(acquire(pool, 10)).hasSize(10);
        }

        @Test
        void aPoolOpenedAfterReliefStartsEmpty() {
            ObjectPools pools = create(PoolLimits.failing(5).withInitialSize(3));
            pools.relieve();
            ObjectPool<Thing> pool = pools.open("things", workshop);
            assertThat(workshop.allocated).hasValue(0);
            assertThat(acquire(pool, 5)).hasSize(5);
        }

        @Test
        void reliefIsAnEventInEveryOpenPool() {
            ObjectPools pools = create(PoolLimits.failing(5));
            ObjectPool<Thing> closed = pools.open("closed", workshop);
            closed.close();
            ObjectPool<Thing> idle = pools.open("idle", workshop);
            ObjectPool<Thing> busy = pools.open("busy", workshop);
            acquire(busy, 1);
            pools.relieve();
            pools.relieve();
            assertThat(idle.metrics().pressureEvents()).isEqualTo(2);
            assertThat(busy.metrics().pressureEvents()).isEqualTo(2);
            assertThat(closed.metrics().pressureEvents()).isZero();
        }
    }

    /** {@link Reconfigurable#reconfigure}, where the implementation has it. */
    @Nested
    class Reconfiguring {

        @Test
        void aLowerBoundIsInForceAtOnce() {
            ObjectPools pools = create(PoolLimits.failing(10));
            ObjectPool<Thing> pool = pools.open("things", workshop);
            List<Thing> held = acquire(pool, 6);
            releaseAll(pool, acquire(pool, 4));
            reconfigure(pools, PoolLimits.failing(3));
            assertThat(pool.metrics().maxSize()).isEqualTo(3);
            assertThat(pool.metrics().idle()).isZero();
            releaseAll(pool, held);
            assertIdle(pool, 3);
            assertFiguresAddUp(pool.metrics());
        }

        @Test
        void aHigherBoundServesThoseWhoWait() {
            ObjectPools pools = create(PoolLimits.waiting(1));
            ObjectPool<Thing> pool = pools.open("things", workshop);
            acquire(pool, 1);
            List<Call<Thing>> waiters = List.of(call(pool::acquire), call(pool::acquire));
            reconfigure(pools, PoolLimits.waiting(3));
            waiters.forEach(Call::get);
            assertThat(pool.metrics().inUse()).isEqualTo(3);
        }

        @Test
        void whoWaitsIsServedWhenWaitingIsNoLongerTheRule() {
            ObjectPools pools = create(PoolLimits.waiting(1));
            ObjectPool<Thing> pool = pools.open("things", workshop);
            acquire(pool, 1);
            Call<Thing> waiter = call(pool::acquire);
            reconfigure(pools, PoolLimits.allocating(1));
            assertThat(waiter.get()).isNotNull();
        }

        @Test
        void tenThousandNewBoundsUnderLoadLoseNothing() {
            ObjectPools pools = create(PoolLimits.waiting(4));
            ObjectPool<Thing> pool = pools.open("things", workshop);
            AtomicBoolean enough = new AtomicBoolean();
            List<Call<Integer>> users = new ArrayList<>();
            reconfigure(pools, PoolLimits.waiting(4));
            for (int i = 0; i < 4; i++) {
                users.add(start(() -> {
                    int uses = 0;
                    while (uses < 500 || !enough.get()) {
                        pool.run(thing -> {
                            thing.take();
                            LockSupport.parkNanos(1_000);
                            thing.giveBack();
                        });
                        uses++;
                    }
                    return uses;
                }));
            }
            for (int round = 0; round < 10_000; round++) {
                reconfigure(pools, PoolLimits.waiting(1 + round % 4));
            }
            enough.set(true);
            users.forEach(Call::get);
            assertThat(pool.metrics().inUse()).isZero();
            assertFiguresAddUp(pool.metrics());
            assertThat(workshop.allocated.get() - workshop.deallocated.get())
                    .isEqualTo(pool.metrics().idle());
        }
    }
}
