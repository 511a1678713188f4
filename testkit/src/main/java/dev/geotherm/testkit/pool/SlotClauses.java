package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolSlot;
import dev.geotherm.api.pool.Poolable;
import org.junit.jupiter.api.Test;

/** Clauses about {@link Poolable} objects. */
abstract class SlotClauses {
    private final PoolFixture fixture;

    SlotClauses(PoolFixture fixture) {
        this.fixture = fixture;
    }

    private final Allocator<SlottedProbe> slotted = new Allocator<>() {
        @Override
        public SlottedProbe allocate() {
            return new SlottedProbe();
        }

        @Override
        public void reset(SlottedProbe probe) {}
    };

    private ObjectPool<SlottedProbe> openSlotted(int maxSize) {
        return fixture.create(PoolLimits.failing(maxSize)).open("probes", slotted);
    }

    @Test
    void slot_isSetOnce() {
        ObjectPool<SlottedProbe> pool = openSlotted(2);
        SlottedProbe first = pool.acquire();
        SlottedProbe second = pool.acquire();
        if (!fixture.can(PoolCapability.ASSIGNS_SLOTS)) {
            assertThat(first.slot()).isNull();
            return;
        }
        PoolSlot slot = first.slot();
        assertThat(slot).isNotNull().isNotSameAs(second.slot());
        for (int i = 0; i < 3 && fixture.reuses(); i++) {
            pool.release(first);
            assertThat(pool.acquire()).isSameAs(first);
        }
        pool.release(second);
        assertThat(first.slot()).isSameAs(slot);
        assertThat(first.slotsTold).isEqualTo(1);
    }

    @Test
    void slot_ofAnotherObjectIsRefused() {
        assumeTrue(fixture.can(PoolCapability.ASSIGNS_SLOTS), "objects get no slot");
        ObjectPool<SlottedProbe> pool = openSlotted(2);
        SlottedProbe first = pool.acquire();
        SlottedProbe second = pool.acquire();
        PoolSlot right = first.slot();
        first.slot(second.slot());
        assertNotTaken(pool, first);
        first.slot(right);
        pool.release(first);
        pool.release(second);
        assertThat(pool.acquire()).isNotSameAs(pool.acquire());
    }

    @Test
    void slot_ofAnotherPoolIsRefused() {
        assumeTrue(fixture.can(PoolCapability.ASSIGNS_SLOTS), "objects get no slot");
        ObjectPools pools = fixture.create(PoolLimits.failing(1));
        ObjectPool<SlottedProbe> pool = pools.open("probes", slotted);
        ObjectPool<SlottedProbe> other = pools.open("others", slotted);
        SlottedProbe probe = pool.acquire();
        SlottedProbe foreign = other.acquire();
        assertNotTaken(pool, foreign);
        PoolSlot right = probe.slot();
        probe.slot(foreign.slot());
        assertNotTaken(pool, probe);
        assertNotTaken(other, probe);
        probe.slot(right);
        pool.release(probe);
        other.release(foreign);
    }

    @Test
    void slot_ofAForeignObjectIsRefused() {
        ObjectPool<SlottedProbe> pool = openSlotted(1);
        SlottedProbe held = pool.acquire();
        SlottedProbe unknown = new SlottedProbe();
        assertNotTaken(pool, unknown);
        unknown.slot(held.slot());
        assertNotTaken(pool, unknown);
        unknown.slot(new PoolSlot() {});
        assertNotTaken(pool, unknown);
        pool.release(held);
        assertNotTaken(pool, unknown);
    }

    @Test
    void slot_ofADiscardedObjectIsRefused() {
        ObjectPool<SlottedProbe> pool = openSlotted(1);
        SlottedProbe stale = pool.acquire();
        pool.discard(stale);
        assertNotTaken(pool, stale);
        SlottedProbe next = pool.acquire();
        assertNotTaken(pool, stale);
        stale.slot(next.slot());
        assertNotTaken(pool, stale);
        pool.release(next);
        assertThat(pool.acquire()).isNotSameAs(stale);
    }

    private void assertNotTaken(ObjectPool<SlottedProbe> pool, SlottedProbe probe) {
        fixture.assertRefused(pool, () -> pool.release(probe));
        fixture.assertRefused(pool, () -> pool.discard(probe));
    }
}
