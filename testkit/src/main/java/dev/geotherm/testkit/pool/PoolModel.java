package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolMisuseException;
import dev.geotherm.api.pool.WhenExhausted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A model of a pool that derives the expected state from a series of random operations.
 *
 * <p>The model does not specify which idle object an acquisition returns, nor how many a clean-up leaves.
 */
final class PoolModel {
    private static final List<WhenExhausted> RULES =
            List.of(WhenExhausted.ALLOCATE, WhenExhausted.WAIT, WhenExhausted.FAIL);

    private final Random random;
    private final ObjectPools pools;
    private final ProbeAllocator allocator;
    private final boolean reconfigures;
    private final Consumer<PoolLimits> reconfigure;
    private final Consumer<Duration> outlive;
    private final ObjectPool<Probe> pool;

    private PoolLimits limits;
    private final List<Probe> held = new ArrayList<>();
    private final List<Lease<Probe>> leases = new ArrayList<>();
    /** The released objects that are not in use, as far as the model knows. */
    private final List<Probe> past = new ArrayList<>();

    private final List<Lease<Probe>> closed = new ArrayList<>();
    private final List<String> steps = new ArrayList<>();
    private long acquired;
    private long released;
    private long refused;
    private long pressureEvents;
    private int peak;

    PoolModel(
            Random random,
            ObjectPools pools,
            ProbeAllocator allocator,
            PoolLimits limits,
            boolean reconfigures,
            Consumer<PoolLimits> reconfigure,
            Consumer<Duration> outlive) {
        this.random = random;
        this.pools = pools;
        this.allocator = allocator;
        this.limits = limits;
        this.reconfigures = reconfigures;
        this.reconfigure = reconfigure;
        this.outlive = outlive;
        this.pool = pools.open("probes", allocator);
    }

    static WhenExhausted anyRule(Random random) {
        return RULES.get(random.nextInt(RULES.size()));
    }

    /** Performs a random operation on the pool, and checks that the result matches the model. */
    void step() {
        try {
            switch (random.nextInt(21)) {
                case 0, 1, 2, 3 -> acquire(false);
                case 4, 5, 6 -> acquire(true);
                case 7, 8, 9 -> release();
                case 10, 11 -> closeLease();
                case 12 -> discard();
                case 13, 14 -> misuse();
                case 15 -> closeAgain();
                case 16, 17 -> resize();
                case 18 -> cleanUp();
                case 19 -> expire();
                default -> trim();
            }
            check();
        } catch (AssertionError | RuntimeException failed) {
            throw new AssertionError(failed.getMessage() + "\nafter: " + String.join(", ", steps), failed);
        }
    }

    private int inUse() {
        return held.size() + leases.size();
    }

    @SuppressWarnings("ReferenceEquality") // all probes are equal
    private void acquire(boolean byLease) {
        allocator.failsToAllocate = random.nextInt(6) == 0;
        steps.add((byLease ? "lease" : "acquire") + (allocator.failsToAllocate ? " failing" : ""));
        long broken = past.stream().filter(probe -> probe.broken && !probe.gone).count();
        boolean anyIdle = pool.metrics().idle() > broken;
        boolean fits = limits.whenExhausted() == WhenExhausted.ALLOCATE || inUse() < limits.maxSize();
        if (!anyIdle && !fits) {
            assertThatExceptionOfType(PoolExhaustedException.class).isThrownBy(() -> take(byLease));
        } else if (!anyIdle && allocator.failsToAllocate) {
            assertThatExceptionOfType(AllocationException.class).isThrownBy(() -> take(byLease));
        } else {
            Probe probe = take(byLease);
            probe.take();
            assertThat(probe.content).as("content of the last borrower").isZero();
            assertThat(probe.broken).as("not valid").isFalse();
            probe.content = 1;
            past.removeIf(one -> one == probe);
            acquired++;
            peak = Math.max(peak, inUse());
        }
        allocator.failsToAllocate = false;
    }

    private Probe take(boolean byLease) {
        if (!byLease) {
            Probe probe = pool.acquire();
            held.add(probe);
            return probe;
        }
        Lease<Probe> lease = pool.lease();
        leases.add(lease);
        return lease.get();
    }

    private void release() {
        if (!held.isEmpty()) {
            Probe probe = held.remove(random.nextInt(held.size()));
            giveBack(probe, () -> pool.release(probe));
        }
    }

    private void closeLease() {
        if (!leases.isEmpty()) {
            Lease<Probe> lease = leases.remove(random.nextInt(leases.size()));
            closed.add(lease);
            giveBack(lease.get(), lease::close);
        }
    }

    private void giveBack(Probe probe, Runnable action) {
        allocator.failsToReset = random.nextInt(6) == 0;
        probe.broken = random.nextInt(6) == 0;
        steps.add("release" + (allocator.failsToReset ? " failing" : "") + (probe.broken ? " broken" : ""));
        probe.giveBack();
        action.run();
        released++;
        past.add(probe);
        if (allocator.failsToReset) {
            assertThat(probe.gone).as("deallocated, because it was not reset").isTrue();
        }
        allocator.failsToReset = false;
    }

    private void discard() {
        if (random.nextBoolean() && !leases.isEmpty()) {
            steps.add("discard lease");
            Lease<Probe> lease = leases.remove(random.nextInt(leases.size()));
            closed.add(lease);
            discard(lease.get(), lease::discard);
        } else if (!held.isEmpty()) {
            steps.add("discard");
            Probe probe = held.remove(random.nextInt(held.size()));
            discard(probe, () -> pool.discard(probe));
        }
    }

    private void discard(Probe probe, Runnable action) {
        probe.giveBack();
        action.run();
        released++;
        past.add(probe);
        assertThat(probe.gone).as("deallocated, because it was discarded").isTrue();
    }

    private void misuse() {
        List<Probe> candidates = new ArrayList<>(past);
        leases.forEach(lease -> candidates.add(lease.get()));
        candidates.add(allocator.foreign());
        Probe wrong = candidates.get(random.nextInt(candidates.size()));
        steps.add("misuse");
        boolean whole = random.nextBoolean();
        assertThatExceptionOfType(PoolMisuseException.class).isThrownBy(() -> {
            if (whole) {
                pool.release(wrong);
            } else {
                pool.discard(wrong);
            }
        });
        refused++;
    }

    private void closeAgain() {
        if (!closed.isEmpty()) {
            steps.add("close again");
            PoolMetrics before = pool.metrics();
            Lease<Probe> over = closed.get(random.nextInt(closed.size()));
            if (random.nextBoolean()) {
                over.close();
            } else {
                over.discard();
            }
            assertThat(pool.metrics()).isEqualTo(before);
        }
    }

    private void resize() {
        PoolLimits changed = PoolLimits.of(1 + random.nextInt(6), anyRule(random))
                .withMaxWait(limits.maxWait())
                .withMaxAge(limits.maxAge());
        if (reconfigures) {
            reconfigure.accept(changed);
            steps.add("resize to " + changed.maxSize() + " " + changed.whenExhausted());
            limits = changed;
        }
    }

    private void cleanUp() {
        steps.add("clean up");
        int idle = pool.metrics().idle();
        assertThat(pool.cleanUp()).isEqualTo(idle - pool.metrics().idle()).isNotNegative();
    }

    private void expire() {
        if (!limits.maxAge().isZero()) {
            steps.add("expire");
            outlive.accept(limits.maxAge());
            pool.cleanUp();
            assertThat(pool.metrics().idle())
                    .as("idle objects, all of which are too old")
                    .isZero();
        }
    }

    private void trim() {
        steps.add("trim");
        int idle = pool.metrics().idle();
        assertThat(pools.trim()).isEqualTo(idle);
        assertThat(pool.metrics().idle()).isZero();
        pressureEvents++;
    }

    private void check() {
        PoolMetrics metrics = pool.metrics();
        assertThat(metrics.inUse()).as("in use").isEqualTo(inUse());
        assertThat(metrics.acquired()).as("acquired").isEqualTo(acquired);
        assertThat(metrics.released()).as("released").isEqualTo(released);
        assertThat(metrics.refused()).as("refused").isEqualTo(refused);
        assertThat(metrics.failures()).as("failures").isEqualTo(allocator.failures.get());
        assertThat(metrics.pressureEvents()).as("pressure events").isEqualTo(pressureEvents);
        assertThat(metrics.leaked()).as("leaked").isZero();
        assertThat(metrics.peak()).as("peak").isEqualTo(peak);
        assertThat(metrics.maxSize()).as("bound").isEqualTo(limits.maxSize());
        assertThat(metrics.idle()).as("idle").isBetween(0, limits.maxSize());
        if (limits.whenExhausted() != WhenExhausted.ALLOCATE) {
            assertThat(metrics.size()).as("size").isLessThanOrEqualTo(Math.max(limits.maxSize(), inUse()));
        }
        assertThat(allocator.allocated.get() - allocator.deallocated.get())
                .as("number of objects")
                .isEqualTo(metrics.size());
        PoolFixture.assertAddsUp(metrics);
    }

    /** Closes the pool, releases everything, and checks that nothing is left. */
    void close() {
        pool.close();
        while (inUse() > 0) {
            release();
            closeLease();
        }
        PoolMetrics metrics = pool.metrics();
        assertThat(metrics.size()).isZero();
        assertThat(allocator.deallocated.get()).isEqualTo(allocator.allocated.get());
        PoolFixture.assertAddsUp(metrics);
    }
}
