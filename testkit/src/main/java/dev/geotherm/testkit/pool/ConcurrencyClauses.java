package dev.geotherm.testkit.pool;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolMisuseException;
import dev.geotherm.testkit.Patience;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Clauses about many threads at once, platform and virtual. */
abstract class ConcurrencyClauses {
    private static final int THREADS = 8;
    private static final int ROUNDS = 1_000;
    private static final int RACES = 300;

    private final PoolFixture fixture;

    ConcurrencyClauses(PoolFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void concurrency_noObjectHasTwoBorrowers() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.allocating(THREADS / 2));
        hammer(pool, THREADS);
        assertNothingLost(pool);
    }

    @Test
    void concurrency_noObjectHasTwoBorrowersWhenCallersWait() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.waiting(THREADS / 2));
        int most = hammer(pool, THREADS);
        assertThat(most).as("most objects held at once").isLessThanOrEqualTo(THREADS / 2);
        assertNothingLost(pool);
    }

    @Test
    void concurrency_noObjectHasTwoBorrowersWhenCallersAreRefused() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(THREADS / 2));
        int most = hammer(pool, THREADS);
        assertThat(most).as("most objects held at once").isLessThanOrEqualTo(THREADS / 2);
        assertNothingLost(pool);
    }

    @Test
    void concurrency_oneOfRacingReleasesSucceeds() {
        assumeTrue(fixture.can(PoolCapability.REFUSES_RACING_RELEASES), "racing releases may all succeed");
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        int accepted = race(pool, () -> {});
        assertThat(accepted).isEqualTo(RACES);
        assertThat(pool.metrics().refused()).isEqualTo((long) RACES * (THREADS - 1));
    }

    @Test
    void concurrency_racingReleasesLeaveOneBorrower() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        int accepted = race(
                pool,
                () -> assertThatExceptionOfType(PoolExhaustedException.class).isThrownBy(pool::acquire));
        assertThat(accepted).isBetween(RACES, RACES * THREADS);
        assertThat(pool.metrics().refused()).isEqualTo((long) RACES * THREADS - accepted);
        assertThat(pool.metrics().inUse()).isZero();
        assertThatCode(pool::acquire).doesNotThrowAnyException();
    }

    @Test
    void concurrency_leaseClosedTwiceAtOnceEndsOnce() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.failing(1));
        AtomicReference<Lease<Probe>> contested = new AtomicReference<>();
        CyclicBarrier start = new CyclicBarrier(2, () -> contested.set(pool.lease()));
        Supplier<Boolean> racer = () -> {
            for (int round = 0; round < RACES; round++) {
                meet(start);
                requireNonNull(contested.get()).close();
            }
            return true;
        };
        List.of(Call.start(racer), Call.start(racer)).forEach(Call::get);
        PoolMetrics metrics = pool.metrics();
        assertThat(metrics.released()).isEqualTo(RACES);
        assertThat(metrics.refused()).isZero();
        assertThat(metrics.inUse()).isZero();
        if (fixture.can(PoolCapability.REFUSES_RACING_RELEASES)) {
            assertThat(fixture.allocator.resets.get()).isLessThanOrEqualTo(RACES);
        }
        assertThat(fixture.acquire(pool, 1)).hasSize(1);
        assertThatExceptionOfType(PoolExhaustedException.class).isThrownBy(pool::acquire);
    }

    /** Lets threads release the same object simultaneously, many times, and returns the number of accepted releases. */
    private int race(ObjectPool<Probe> pool, Runnable whileHeld) {
        Probe[] contested = new Probe[1];
        AtomicInteger accepted = new AtomicInteger();
        CyclicBarrier start = new CyclicBarrier(THREADS, () -> {
            contested[0] = pool.acquire();
            whileHeld.run();
        });
        List<Call<Boolean>> racers = IntStream.range(0, THREADS)
                .mapToObj(number -> Call.start(() -> {
                    for (int round = 0; round < RACES; round++) {
                        meet(start);
                        accepted.addAndGet(giveBack(pool, contested[0], number % 2 == 0));
                    }
                    return true;
                }))
                .toList();
        racers.forEach(Call::get);
        return accepted.get();
    }

    private int giveBack(ObjectPool<Probe> pool, Probe probe, boolean whole) {
        try {
            if (whole) {
                pool.release(probe);
            } else {
                pool.discard(probe);
            }
            return 1;
        } catch (PoolMisuseException refused) {
            return 0;
        }
    }

    private void meet(CyclicBarrier start) {
        try {
            start.await(Patience.limit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (Exception nobodyCame) {
            throw new AssertionError("another racer failed", nobodyCame);
        }
    }

    @Test
    void concurrency_allocatorMayWaitForAUserOfThePool() {
        ObjectPool<Probe> pool = fixture.open(PoolLimits.allocating(2).withInitialSize(1));
        fixture.allocator.meanwhile =
                () -> assertThatCode(() -> Call.start(pool::metrics).get()).doesNotThrowAnyException();
        List<Probe> probes = fixture.acquire(pool, 3);
        pool.discard(probes.remove(0));
        PoolFixture.releaseAll(pool, probes);
        pool.cleanUp();
        pool.close();
        PoolFixture.assertAddsUp(pool.metrics());
    }

    @Test
    void virtualThreads_shareThePool() {
        Optional<MethodHandle> start = virtualThreads();
        assumeTrue(start.isPresent(), "this JDK has no virtual threads");
        ObjectPool<Probe> pool = fixture.open(PoolLimits.waiting(3));
        List<CompletableFuture<Boolean>> done = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            CompletableFuture<Boolean> result = new CompletableFuture<>();
            done.add(result);
            startVirtual(start.get(), () -> {
                try {
                    use(pool, new AtomicInteger(), new AtomicInteger());
                    result.complete(true);
                } catch (RuntimeException | Error failed) {
                    result.completeExceptionally(failed);
                }
            });
        }
        CompletableFuture.allOf(done.toArray(new CompletableFuture<?>[0]))
                .orTimeout(Patience.limit().toMillis(), TimeUnit.MILLISECONDS)
                .join();
        assertNothingLost(pool);
    }

    @Test
    void virtualThreads_areServedInOrderOfArrival() {
        Optional<MethodHandle> start = virtualThreads();
        assumeTrue(start.isPresent(), "this JDK has no virtual threads");
        ObjectPool<Probe> pool = fixture.open(PoolLimits.waiting(1));
        Probe probe = pool.acquire();
        List<Integer> served = new CopyOnWriteArrayList<>();
        List<Call<Boolean>> waiters = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            CompletableFuture<Boolean> result = new CompletableFuture<>();
            Thread thread = startVirtual(start.get(), () -> {
                try {
                    pool.run(held -> served.add(number));
                    result.complete(true);
                } catch (RuntimeException | Error failed) {
                    result.completeExceptionally(failed);
                }
            });
            waiters.add(Call.atRest(new Call<>(thread, result)));
        }
        pool.release(probe);
        waiters.forEach(Call::get);
        assertThat(served).isEqualTo(IntStream.range(0, 100).boxed().toList());
    }

    /** Lets threads acquire, hold and release objects, and returns the maximum number held at once. */
    private int hammer(ObjectPool<Probe> pool, int threads) {
        AtomicInteger held = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Call<Boolean>> calls = IntStream.range(0, threads)
                .mapToObj(number -> Call.start(() -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        use(pool, held, most);
                    }
                    return true;
                }))
                .toList();
        calls.forEach(Call::get);
        return most.get();
    }

    private void use(ObjectPool<Probe> pool, AtomicInteger held, AtomicInteger most) {
        Probe probe;
        try {
            probe = pool.acquire();
        } catch (PoolExhaustedException refused) {
            LockSupport.parkNanos(1_000);
            return;
        }
        most.accumulateAndGet(held.incrementAndGet(), Math::max);
        probe.take();
        assertThat(probe.content).as("content of the last borrower").isZero();
        probe.content = 1;
        boolean spent = ++probe.uses % 16 == 0;
        LockSupport.parkNanos(1_000);
        probe.giveBack();
        held.decrementAndGet();
        if (spent) {
            pool.discard(probe);
        } else {
            pool.release(probe);
        }
    }

    private void assertNothingLost(ObjectPool<Probe> pool) {
        PoolMetrics metrics = pool.metrics();
        assertThat(metrics.inUse()).isZero();
        assertThat(metrics.idle()).isBetween(0, metrics.maxSize());
        assertThat(fixture.allocator.allocated.get() - fixture.allocator.deallocated.get())
                .isEqualTo(metrics.idle());
        PoolFixture.assertAddsUp(metrics);
    }
    /** Looked up by reflection, because the testkit also runs on Java 17. */
    private static Optional<MethodHandle> virtualThreads() {
        try {
            return Optional.of(MethodHandles.publicLookup()
                    .findStatic(
                            Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class)));
        } catch (ReflectiveOperationException none) {
            return Optional.empty();
        }
    }

    private static Thread startVirtual(MethodHandle start, Runnable action) {
        try {
            return (Thread) start.invoke(action);
        } catch (Throwable failed) {
            throw new AssertionError("cannot start a virtual thread", failed);
        }
    }
}
