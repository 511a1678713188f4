package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.testkit.RandomCases;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Clauses about {@link ObjectPool#metrics} and {@link ObjectPools#metrics}. */
abstract class MetricsClauses {
    private final PoolFixture fixture;

    MetricsClauses(PoolFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void metrics_addUpAfterAnyOperations() {
        RandomCases.run(20, random -> {
            ObjectPools pools = fixture.create(PoolLimits.failing(6).withInitialSize(random.nextInt(4)));
            ObjectPool<Probe> pool = pools.open("probes", fixture.newAllocator());
            List<Probe> held = new ArrayList<>();
            for (int step = 0; step < 100; step++) {
                doSomething(pool, held, random);
                assertThat(pool.metrics().inUse()).isEqualTo(held.size());
                PoolFixture.assertAddsUp(pool.metrics());
            }
            pool.close();
            PoolFixture.releaseAll(pool, held);
            assertThat(pool.metrics().size()).isZero();
            PoolFixture.assertAddsUp(pool.metrics());
        });
    }

    private void doSomething(ObjectPool<Probe> pool, List<Probe> held, Random random) {
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
                    Probe probe = held.remove(random.nextInt(held.size()));
                    probe.broken = true;
                    pool.release(probe);
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
    void metrics_distinguishCreatedFromReused() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(3));
        PoolFixture.releaseAll(pool, fixture.acquire(pool, 2));
        PoolFixture.releaseAll(pool, fixture.acquire(pool, 3));
        PoolMetrics metrics = pool.metrics();
        long reused = fixture.reuses() ? 2 : 0;
        assertThat(metrics.created()).isEqualTo(5 - reused);
        assertThat(metrics.reused()).isEqualTo(reused);
        assertThat(metrics.released()).isEqualTo(5);
        assertThat(metrics.reuseRate()).isEqualTo(fixture.reuses() ? 0.4 : 0);
        assertThat(metrics.allocationAvoided()).isEqualTo(reused * ProbeAllocator.SIZE);
    }

    @Test
    void metrics_countFirstUsesOfPreallocatedObjects() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(3));
        long prepared = pool.metrics().preallocated();
        PoolFixture.releaseAll(pool, fixture.acquire(pool, 3));
        PoolMetrics metrics = pool.metrics();
        assertThat(metrics.reused()).isZero();
        assertThat(metrics.allocationAvoided()).isZero();
        assertThat(metrics.firstUses()).isEqualTo(Math.min(prepared, 3));
        assertThat(metrics.acquired()).isEqualTo(3);
    }

    @Test
    void metrics_peakIsTheMostInUseAtOnce() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(5));
        PoolFixture.releaseAll(pool, fixture.acquire(pool, 4));
        fixture.acquire(pool, 1);
        assertThat(pool.metrics().peak()).isEqualTo(4);
    }

    @Test
    void metrics_showTheBoundInForce() {
        assertThat(fixture.open(PoolLimits.failing(7)).metrics().maxSize()).isEqualTo(7);
    }

    @Test
    void metrics_showEveryPool() {
        ObjectPools pools = fixture.create(PoolLimits.failing(1));
        ObjectPool<Probe> a = pools.open("a", fixture.allocator);
        pools.open("b", fixture.allocator);
        a.run(probe -> {});
        assertThat(pools.metrics().pools()).containsOnlyKeys("a", "b").containsEntry("a", a.metrics());
        a.close();
        assertThat(pools.metrics().opened()).isEqualTo(2);
        assertThat(pools.metrics().closed()).isEqualTo(1);
    }

    @Test
    void metrics_countersSurviveCloseAndReopening() {
        ObjectPools pools = fixture.create(PoolLimits.failing(1));
        ObjectPool<Probe> pool = pools.open("a", fixture.allocator);
        pool.run(probe -> {});
        pool.close();
        PoolMetrics closed = pools.metrics().pools().get("a");
        assertThat(closed).as("metrics of a closed pool").isNotNull();
        assertThat(closed.acquired()).isEqualTo(1);
        assertThat(closed.released()).isEqualTo(1);
        assertThat(closed.discarded()).isEqualTo(1);
        assertThat(closed.idle()).isZero();

        pools.open("a", fixture.allocator).run(probe -> {});
        assertThat(pools.metrics().pools().get("a"))
                .extracting(PoolMetrics::acquired)
                .isEqualTo(2L);
    }

    @Test
    void metrics_ofAClosedPoolFollowItsReleases() {
        ObjectPools pools = fixture.create(PoolLimits.failing(3));
        ObjectPool<Probe> pool = pools.open("a", fixture.allocator);
        List<Probe> held = fixture.acquire(pool, 3);
        pool.close();
        assertThat(totals(pools).inUse()).isEqualTo(3);
        pool.release(held.remove(0));
        assertThat(totals(pools).inUse()).isEqualTo(2);
        PoolFixture.releaseAll(pool, held);
        for (int read = 0; read < 2; read++) {
            PoolMetrics last = totals(pools);
            assertThat(last).isEqualTo(pool.metrics());
            assertThat(last.released()).isEqualTo(3);
            assertThat(last.size()).isZero();
        }
    }

    @Test
    void metrics_ofAReopenedPoolIncludeReleasesIntoTheClosedOne() {
        ObjectPools pools = fixture.create(PoolLimits.failing(2));
        ObjectPool<Probe> first = pools.open("a", fixture.allocator);
        List<Probe> held = fixture.acquire(first, 2);
        first.close();
        ObjectPool<Probe> second = pools.open("a", fixture.allocator);
        List<Probe> heldLater = fixture.acquire(second, 2);
        PoolFixture.releaseAll(first, held);
        assertThat(totals(pools).released()).isEqualTo(2);
        assertThat(totals(pools).inUse()).isEqualTo(2);
        pools.close();
        PoolFixture.releaseAll(second, heldLater);
        assertThat(totals(pools).released()).isEqualTo(4);
        assertThat(totals(pools).size()).isZero();
    }

    /** Returns the metrics of all pools with the name {@code a}, which must add up. */
    private static PoolMetrics totals(ObjectPools pools) {
        PoolMetrics totals = pools.metrics().pools().get("a");
        assertThat(totals).isNotNull();
        PoolFixture.assertAddsUp(totals);
        return totals;
    }
}
