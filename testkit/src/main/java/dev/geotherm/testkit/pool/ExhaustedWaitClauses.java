package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.PoolMetrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Clauses about {@link dev.geotherm.api.pool.WhenExhausted#WAIT}. */
abstract class ExhaustedWaitClauses {
    private final PoolFixture fixture;

    ExhaustedWaitClauses(PoolFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void wait_endsWithTheReleasedObject() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.waiting(1));
        Probe probe = pool.acquire();
        Call<Probe> waiter = Call.atRest(pool::acquire);
        assertThat(waiter.result()).isNotDone();
        pool.release(probe);
        fixture.assertServesAgain(probe, waiter.get());
    }

    @Test
    void wait_endsWithAResetObject() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.waiting(1));
        Probe probe = pool.acquire();
        probe.content = 42;
        Call<Probe> waiter = Call.atRest(pool::acquire);
        pool.release(probe);
        assertThat(waiter.get().content).isZero();
    }

    @Test
    void wait_servesInOrderOfArrival() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.waiting(1));
        Probe probe = pool.acquire();
        List<Integer> served = new CopyOnWriteArrayList<>();
        List<Call<Integer>> waiters = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            int number = i;
            waiters.add(Call.atRest(() -> pool.use(held -> {
                served.add(number);
                return number;
            })));
        }
        pool.release(probe);
        waiters.forEach(Call::get);
        assertThat(served).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void wait_endsAtItsLimit() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.waiting(1).withMaxWait(Duration.ofMillis(20)));
        fixture.acquire(pool, 1);
        assertThat(Call.atRest(pool::acquire).failure())
                .isInstanceOf(PoolExhaustedException.class)
                .hasMessageContaining("probes");
    }

    @Test
    void wait_timedOutGetsNothing() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.waiting(1).withMaxWait(Duration.ofMillis(20)));
        Probe probe = pool.acquire();
        Call.atRest(pool::acquire).failure();
        pool.release(probe);
        assertThat(pool.metrics().inUse()).isZero();
        fixture.assertServesAgain(probe, pool.acquire());
    }

    @Test
    void wait_interruptedFailsAndStaysInterrupted() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.waiting(1));
        fixture.acquire(pool, 1);
        Call<Boolean> waiter = Call.atRest(() -> {
            assertThatExceptionOfType(PoolExhaustedException.class).isThrownBy(pool::acquire);
            return Thread.currentThread().isInterrupted();
        });
        waiter.thread().interrupt();
        assertThat(waiter.get()).isTrue();
    }

    @Test
    void acquire_interruptedSucceedsWithoutWaiting() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.waiting(1));
        Call<Boolean> caller = Call.atRest(() -> {
            Thread.currentThread().interrupt();
            fixture.acquire(pool, 1);
            return Thread.currentThread().isInterrupted();
        });
        assertThat(caller.get()).isTrue();
    }

    @Test
    void discard_givesAWaiterANewObject() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.waiting(1));
        Probe probe = pool.acquire();
        Call<Probe> waiter = Call.atRest(pool::acquire);
        pool.discard(probe);
        assertThat(waiter.get()).isNotSameAs(probe);
    }

    @Test
    void release_failingResetGivesAWaiterANewObject() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.waiting(1));
        Probe probe = pool.acquire();
        Call<Probe> waiter = Call.atRest(pool::acquire);
        fixture.allocator.failsToReset = true;
        pool.release(probe);
        assertThat(waiter.get()).isNotSameAs(probe);
    }

    @Test
    void wait_failedAllocationLetsTheNextWaiterTry() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.waiting(1));
        Probe probe = pool.acquire();
        List<Call<Probe>> waiters = List.of(Call.atRest(pool::acquire), Call.atRest(pool::acquire));
        fixture.allocator.failsToAllocate = true;
        pool.discard(probe);
        waiters.forEach(waiter -> assertThat(waiter.failure()).isInstanceOf(AllocationException.class));
        fixture.allocator.failsToAllocate = false;
        assertThatCode(pool::acquire).doesNotThrowAnyException();
    }

    @Test
    void wait_failedAllocationPassesTheCapacityOn() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.waiting(1));
        Probe probe = pool.acquire();
        List<Call<Probe>> waiters =
                List.of(Call.atRest(pool::acquire), Call.atRest(pool::acquire), Call.atRest(pool::acquire));
        fixture.allocator.allocationsToFail.set(1);
        pool.discard(probe);
        assertThat(waiters.get(0).failure()).isInstanceOf(AllocationException.class);
        Probe made = waiters.get(1).get();
        assertThat(waiters.get(2).result()).isNotDone();
        pool.release(made);
        fixture.assertServesAgain(made, waiters.get(2).get());
        assertThat(pool.metrics().failures()).isEqualTo(1);
    }

    @Test
    void release_failingResetsLoseNoCapacity() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.waiting(2));
        for (int round = 1; round <= 5; round++) {
            fixture.allocator.failsToReset = true;
            PoolFixture.releaseAll(pool, fixture.acquire(pool, 2));
            assertThat(pool.metrics().failures()).isEqualTo(fixture.reuses() ? 2L * round : 0);
            assertThat(pool.metrics().size()).isZero();
        }
        fixture.allocator.failsToReset = false;
        PoolFixture.releaseAll(pool, fixture.acquire(pool, 2));
        assertThat(pool.metrics().waits()).isZero();
        fixture.assertIdle(pool, 2);
        PoolFixture.assertAddsUp(pool.metrics());
    }

    @Test
    void close_failsEveryWaiter() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.waiting(1));
        fixture.acquire(pool, 1);
        List<Call<Probe>> waiters = List.of(Call.atRest(pool::acquire), Call.atRest(pool::acquire));
        pool.close();
        waiters.forEach(waiter -> assertThat(waiter.failure()).isInstanceOf(IllegalStateException.class));
    }

    @Test
    void metrics_countAndTimeWaits() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.waiting(1).withMaxWait(Duration.ofMillis(20)));
        Probe probe = pool.acquire();
        assertThat(pool.metrics().waits()).isZero();
        Call.atRest(pool::acquire).failure();
        PoolMetrics metrics = pool.metrics();
        assertThat(metrics.waits()).isEqualTo(1);
        assertThat(metrics.waitTime().count()).isEqualTo(1);
        assertThat(metrics.waitTime().max()).as("seconds").isBetween(0.019, 20.0);
        pool.release(probe);
    }
}
