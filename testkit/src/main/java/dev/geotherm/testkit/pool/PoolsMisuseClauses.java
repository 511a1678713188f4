package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.PoolSlot;
import dev.geotherm.api.pool.Poolable;
import dev.geotherm.api.pool.WhenMisused;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The clauses about misuse that is counted, and about slots that are not what they should be. */
abstract class PoolsMisuseClauses extends PoolsReturnClauses {

    PoolsMisuseClauses() {}

    /** {@link WhenMisused#COUNT}. */
    @Nested
    class CountingMisuse {

        @BeforeEach
        void requireCapability() {
            assumeTrue(can(PoolCapability.COUNTS_MISUSE), "misuse is always refused");
        }

        @Test
        void misuseIsCountedAndNotThrown() {
            ObjectPools pools = create(PoolLimits.failing(4).countingMisuse());
            ObjectPool<Thing> pool = pools.open("things", workshop);
            ObjectPool<Thing> other = pools.open("others", workshop);
            List<Thing> three = acquire(pool, 3);
            Thing released = three.get(0);
            Thing discarded = three.get(1);
            Lease<Thing> lease = pool.lease();
            pool.release(released);
            pool.discard(discarded);
            for (Thing misused : List.of(released, discarded, lease.get(), workshop.foreign(), other.acquire())) {
                assertOnlyCounts(pool, () -> pool.release(misused));
                assertOnlyCounts(pool, () -> pool.discard(misused));
            }
            assertThat(lease.get()).isNotNull();
            lease.close();
            assertThatCode(() -> pool.release(three.get(2))).doesNotThrowAnyException();
            assertFiguresAddUp(pool.metrics());
        }

        @Test
        void whatWasReturnedTwiceIsHandedOutOnce() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(3).countingMisuse());
            for (int round = 0; round < 3; round++) {
                List<Thing> things = acquire(pool, 3);
                things.forEach(Thing::take);
                things.forEach(Thing::giveBack);
                releaseAll(pool, things);
                releaseAll(pool, things);
                assertIdle(pool, 3);
            }
            assertThat(pool.metrics().refused()).isEqualTo(9);
        }

        @Test
        void misuseByManyNeverPutsAnObjectInTwoHands() {
            ObjectPool<Thing> pool = open(PoolLimits.failing(4).countingMisuse());
            List<Call<Integer>> calls = IntStream.range(0, 8)
                    .mapToObj(number -> start(() -> misuse(pool, 1_000)))
                    .toList();
            int misuses = calls.stream().mapToInt(Call::get).sum();
            assertThat(pool.metrics().refused()).isEqualTo(misuses);
            assertThat(pool.metrics().inUse()).isZero();
            assertThat(workshop.allocated.get() - workshop.deallocated.get())
                    .isEqualTo(pool.metrics().idle());
            assertFiguresAddUp(pool.metrics());
        }

        /** Uses leases, and returns what it had before at the wrong times; says how often. */
        private int misuse(ObjectPool<Thing> pool, int rounds) {
            List<Thing> past = new ArrayList<>();
            int misuses = 0;
            for (int round = 0; round < rounds; round++) {
                try (Lease<Thing> lease = pool.lease()) {
                    Thing thing = lease.get();
                    thing.take();
                    past.add(thing);
                    Thing wrong = past.get(ThreadLocalRandom.current().nextInt(past.size()));
                    if (round % 2 == 0) {
                        pool.release(wrong);
                    } else {
                        pool.discard(wrong);
                    }
                    misuses++;
                    LockSupport.parkNanos(1_000);
                    thing.giveBack();
                } catch (PoolExhaustedException refused) {
                    LockSupport.parkNanos(1_000);
                }
            }
            return misuses;
        }
    }

    /** Objects that are {@link Poolable}. */
    @Nested
    class Slots {
        private final Allocator<SlottedThing> slotted = new Allocator<>() {
            @Override
            public SlottedThing allocate() {
                return new SlottedThing();
            }

            @Override
            public void reset(SlottedThing thing) {}
        };

        private ObjectPool<SlottedThing> openSlotted(int maxSize) {
            return create(PoolLimits.failing(maxSize)).open("things", slotted);
        }

        @Test
        void anObjectIsToldItsSlotWhereThatIsOffered() {
            ObjectPool<SlottedThing> pool = openSlotted(2);
            SlottedThing first = pool.acquire();
            SlottedThing second = pool.acquire();
            if (!can(PoolCapability.GIVES_SLOTS)) {
                assertThat(first.slot()).isNull();
                return;
            }
            PoolSlot slot = first.slot();
            assertThat(slot).isNotNull().isNotSameAs(second.slot());
            for (int i = 0; i < 3 && reuses(); i++) {
                pool.release(first);
                assertThat(pool.acquire()).isSameAs(first);
            }
            pool.release(second);
            assertThat(first.slot()).isSameAs(slot);
            assertThat(first.slotsTold).isEqualTo(1);
        }

        @Test
        void anObjectWithTheSlotOfAnotherIsRefused() {
            assumeTrue(can(PoolCapability.GIVES_SLOTS), "objects are told no slot");
            ObjectPool<SlottedThing> pool = openSlotted(2);
            SlottedThing first = pool.acquire();
            SlottedThing second = pool.acquire();
            PoolSlot right = first.slot();
            first.slot(second.slot());
            assertNotTaken(pool, first);
            first.slot(right);
            pool.release(first);
            pool.release(second);
            assertThat(pool.acquire()).isNotSameAs(pool.acquire());
        }

        @Test
        void anObjectWithASlotOfAnotherPoolIsRefused() {
            assumeTrue(can(PoolCapability.GIVES_SLOTS), "objects are told no slot");
            ObjectPools pools = create(PoolLimits.failing(1));
            ObjectPool<SlottedThing> pool = pools.open("things", slotted);
            ObjectPool<SlottedThing> other = pools.open("others", slotted);
            SlottedThing thing = pool.acquire();
            SlottedThing foreign = other.acquire();
            assertNotTaken(pool, foreign);
            PoolSlot right = thing.slot();
            thing.slot(foreign.slot());
            assertNotTaken(pool, thing);
            assertNotTaken(other, thing);
            thing.slot(right);
            pool.release(thing);
            other.release(foreign);
        }

        @Test
        void anObjectThatThePoolDoesNotKnowIsRefusedWhateverItsSlot() {
            ObjectPool<SlottedThing> pool = openSlotted(1);
            SlottedThing held = pool.acquire();
            SlottedThing unknown = new SlottedThing();
            assertNotTaken(pool, unknown);
            unknown.slot(held.slot());
            assertNotTaken(pool, unknown);
            unknown.slot(new PoolSlot() {});
            assertNotTaken(pool, unknown);
            pool.release(held);
            assertNotTaken(pool, unknown);
        }

        @Test
        void anObjectWhoseSlotServesAnotherByNowIsRefused() {
            ObjectPool<SlottedThing> pool = openSlotted(1);
            SlottedThing stale = pool.acquire();
            pool.discard(stale);
            assertNotTaken(pool, stale);
            SlottedThing next = pool.acquire();
            assertNotTaken(pool, stale);
            stale.slot(next.slot());
            assertNotTaken(pool, stale);
            pool.release(next);
            assertThat(pool.acquire()).isNotSameAs(stale);
        }

        private void assertNotTaken(ObjectPool<SlottedThing> pool, SlottedThing thing) {
            assertRefused(pool, () -> pool.release(thing));
            assertRefused(pool, () -> pool.discard(thing));
        }
    }
}
