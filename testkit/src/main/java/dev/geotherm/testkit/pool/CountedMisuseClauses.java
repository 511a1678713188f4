package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolExhaustedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clauses about {@link dev.geotherm.api.pool.WhenMisused#COUNT}. */
abstract class CountedMisuseClauses {
    private final PoolFixture fixture;

    CountedMisuseClauses(PoolFixture fixture) {
        this.fixture = fixture;
    }

    @BeforeEach
    void requireCapability() {
        assumeTrue(fixture.can(PoolCapability.COUNTS_MISUSE), "misuse is always refused");
    }

    @Test
    void countedMisuse_isNotThrown() {
        ObjectPools pools = fixture.create(PoolLimits.failing(4).countingMisuse());
        ObjectPool<Probe> pool = pools.open("probes", fixture.allocator);
        ObjectPool<Probe> other = pools.open("others", fixture.allocator);
        List<Probe> three = fixture.acquire(pool, 3);
        Probe released = three.get(0);
        Probe discarded = three.get(1);
        Lease<Probe> lease = pool.lease();
        pool.release(released);
        pool.discard(discarded);
        for (Probe misused : List.of(released, discarded, lease.get(), fixture.allocator.foreign(), other.acquire())) {
            fixture.assertOnlyCounts(pool, () -> pool.release(misused));
            fixture.assertOnlyCounts(pool, () -> pool.discard(misused));
        }
        assertThat(lease.get()).isNotNull();
        lease.close();
        assertThatCode(() -> pool.release(three.get(2))).doesNotThrowAnyException();
        PoolFixture.assertAddsUp(pool.metrics());
    }

    @Test
    void countedMisuse_doubleReleaseIsAcquiredOnce() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(3).countingMisuse());
        for (int round = 0; round < 3; round++) {
            List<Probe> probes = fixture.acquire(pool, 3);
            probes.forEach(Probe::take);
            probes.forEach(Probe::giveBack);
            PoolFixture.releaseAll(pool, probes);
            PoolFixture.releaseAll(pool, probes);
            fixture.assertIdle(pool, 3);
        }
        assertThat(pool.metrics().refused()).isEqualTo(9);
    }

    @Test
    void countedMisuse_byManyThreadsGivesNoObjectTwoBorrowers() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(4).countingMisuse());
        List<Call<Integer>> calls = IntStream.range(0, 8)
                .mapToObj(number -> Call.start(() -> misuse(pool, 1_000)))
                .toList();
        int misuses = calls.stream().mapToInt(Call::get).sum();
        assertThat(pool.metrics().refused()).isEqualTo(misuses);
        assertThat(pool.metrics().inUse()).isZero();
        assertThat(fixture.allocator.allocated.get() - fixture.allocator.deallocated.get())
                .isEqualTo(pool.metrics().idle());
        PoolFixture.assertAddsUp(pool.metrics());
    }

    /** Uses leases, releases earlier objects at the wrong times, and returns the number of these releases. */
    private int misuse(ObjectPool<Probe> pool, int rounds) {
        List<Probe> past = new ArrayList<>();
        int misuses = 0;
        for (int round = 0; round < rounds; round++) {
            try (Lease<Probe> lease = pool.lease()) {
                Probe probe = lease.get();
                probe.take();
                past.add(probe);
                Probe wrong = past.get(ThreadLocalRandom.current().nextInt(past.size()));
                if (round % 2 == 0) {
                    pool.release(wrong);
                } else {
                    pool.discard(wrong);
                }
                misuses++;
                LockSupport.parkNanos(1_000);
                probe.giveBack();
            } catch (PoolExhaustedException refused) {
                LockSupport.parkNanos(1_000);
            }
        }
        return misuses;
    }
}
