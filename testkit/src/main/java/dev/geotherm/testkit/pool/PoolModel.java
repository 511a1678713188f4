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
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * What a pool must be after each of a series of random steps, worked out from nothing but the steps.
 *
 * <p>Which of the idle objects is handed out, and how many a clean-up leaves, is the pool's business.
 */
final class PoolModel {
    private static final List<WhenExhausted> RULES =
            List.of(WhenExhausted.ALLOCATE, WhenExhausted.WAIT, WhenExhausted.FAIL);

    private final Random random;
    private final ObjectPools pools;
    private final Workshop workshop;
    private final Consumer<PoolLimits> reconfigure;
    private final ObjectPool<Thing> pool;

    private PoolLimits limits;
    private final List<Thing> held = new ArrayList<>();
    private final List<Lease<Thing>> leases = new ArrayList<>();
    /** What was given back and is not held, as far as the model knows. */
    private final List<Thing> past = new ArrayList<>();

    private final List<Lease<Thing>> closed = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private long handedOut;
    private long returned;
    private long refused;
    private long pressureEvents;
    private int peak;

    PoolModel(
            Random random, ObjectPools pools, Workshop workshop, PoolLimits limits, Consumer<PoolLimits> reconfigure) {
        this.random = random;
        this.pools = pools;
        this.workshop = workshop;
        this.limits = limits;
        this.reconfigure = reconfigure;
        this.pool = pools.open("things", workshop);
    }

    static WhenExhausted anyRule(Random random) {
        return RULES.get(random.nextInt(RULES.size()));
    }

    /** Does something to the pool, and checks that it did the same as the model. */
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
                default -> relieve();
            }
            check();
        } catch (AssertionError | RuntimeException failed) {
            throw new AssertionError(failed.getMessage() + "\nafter: " + String.join(", ", log), failed);
        }
    }

    private int inUse() {
        return held.size() + leases.size();
    }

    @SuppressWarnings("ReferenceEquality") // all things are equal
    private void acquire(boolean byLease) {
        workshop.failsToAllocate = random.nextInt(6) == 0;
        log.add((byLease ? "lease" : "acquire") + (workshop.failsToAllocate ? " failing" : ""));
        long broken = past.stream().filter(thing -> thing.broken && !thing.gone).count();
        boolean anyIdle = pool.metrics().idle() > broken;
        boolean fits = limits.whenExhausted() == WhenExhausted.ALLOCATE || inUse() < limits.maxSize();
        if (!anyIdle && !fits) {
            assertThatExceptionOfType(PoolExhaustedException.class).isThrownBy(() -> take(byLease));
        } else if (!anyIdle && workshop.failsToAllocate) {
            assertThatExceptionOfType(AllocationException.class).isThrownBy(() -> take(byLease));
        } else {
            Thing thing = take(byLease);
            thing.take();
            assertThat(thing.content).as("what the last holder left").isZero();
            assertThat(thing.broken).as("not valid").isFalse();
            thing.content = 1;
            past.removeIf(one -> one == thing);
            handedOut++;
            peak = Math.max(peak, inUse());
        }
        workshop.failsToAllocate = false;
    }

    private Thing take(boolean byLease) {
        if (!byLease) {
            Thing thing = pool.acquire();
            held.add(thing);
            return thing;
        }
        Lease<Thing> lease = pool.lease();
        leases.add(lease);
        return lease.get();
    }

    private void release() {
        if (!held.isEmpty()) {
            Thing thing = held.remove(random.nextInt(held.size()));
            giveBack(thing, () -> pool.release(thing));
        }
    }

    private void closeLease() {
        if (!leases.isEmpty()) {
            Lease<Thing> lease = leases.remove(random.nextInt(leases.size()));
            closed.add(lease);
            giveBack(lease.get(), lease::close);
        }
    }

    private void giveBack(Thing thing, Runnable action) {
        workshop.failsToReset = random.nextInt(6) == 0;
        thing.broken = random.nextInt(6) == 0;
        log.add("give back" + (workshop.failsToReset ? " failing" : "") + (thing.broken ? " broken" : ""));
        thing.giveBack();
        action.run();
        returned++;
        past.add(thing);
        if (workshop.failsToReset) {
            assertThat(thing.gone).as("deallocated, as it was not reset").isTrue();
        }
        workshop.failsToReset = false;
    }

    private void discard() {
        if (random.nextBoolean() && !leases.isEmpty()) {
            log.add("discard lease");
            Lease<Thing> lease = leases.remove(random.nextInt(leases.size()));
            closed.add(lease);
            discard(lease.get(), lease::discard);
        } else if (!held.isEmpty()) {
            log.add("discard");
            Thing thing = held.remove(random.nextInt(held.size()));
            discard(thing, () -> pool.discard(thing));
        }
    }

    private void discard(Thing thing, Runnable action) {
        thing.giveBack();
        action.run();
        returned++;
        past.add(thing);
        assertThat(thing.gone).as("deallocated, as it was discarded").isTrue();
    }

    private void misuse() {
        List<Thing> candidates = new ArrayList<>(past);
        leases.forEach(lease -> candidates.add(lease.get()));
        candidates.add(workshop.foreign());
        Thing wrong = candidates.get(random.nextInt(candidates.size()));
        log.add("misuse");
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
            log.add("close again");
            PoolMetrics before = pool.metrics();
            Lease<Thing> over = closed.get(random.nextInt(closed.size()));
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
        reconfigure.accept(changed);
        if (pool.metrics().maxSize() == changed.maxSize()) { // or the implementation cannot
            log.add("resize to " + changed.maxSize() + " " + changed.whenExhausted());
            limits = changed;
        }
    }

    private void cleanUp() {
        log.add("clean up");
        int idle = pool.metrics().idle();
        assertThat(pool.cleanUp()).isEqualTo(idle - pool.metrics().idle()).isNotNegative();
    }

    private void expire() {
        if (!limits.maxAge().isZero()) {
            log.add("expire");
            PoolsFixture.outlive(limits.maxAge());
            pool.cleanUp();
            assertThat(pool.metrics().idle())
                    .as("idle objects, all of which are too old")
                    .isZero();
        }
    }

    private void relieve() {
        log.add("relieve");
        int idle = pool.metrics().idle();
        assertThat(pools.relieve()).isEqualTo(idle);
        assertThat(pool.metrics().idle()).isZero();
        pressureEvents++;
    }

    private void check() {
        PoolMetrics metrics = pool.metrics();
        assertThat(metrics.inUse()).as("in use").isEqualTo(inUse());
        assertThat(metrics.handedOut()).as("handed out").isEqualTo(handedOut);
        assertThat(metrics.returned()).as("returned").isEqualTo(returned);
        assertThat(metrics.refused()).as("refused").isEqualTo(refused);
        assertThat(metrics.failures()).as("failures").isEqualTo(workshop.failures.get());
        assertThat(metrics.pressureEvents()).as("pressure events").isEqualTo(pressureEvents);
        assertThat(metrics.abandoned()).as("abandoned").isZero();
        assertThat(metrics.peak()).as("peak").isEqualTo(peak);
        assertThat(metrics.maxSize()).as("bound").isEqualTo(limits.maxSize());
        assertThat(metrics.idle()).as("idle").isBetween(0, limits.maxSize());
        if (limits.whenExhausted() != WhenExhausted.ALLOCATE) {
            assertThat(metrics.size()).as("size").isLessThanOrEqualTo(Math.max(limits.maxSize(), inUse()));
        }
        assertThat(workshop.allocated.get() - workshop.deallocated.get())
                .as("objects there are")
                .isEqualTo(metrics.size());
        PoolsFixture.assertFiguresAddUp(metrics);
    }

    /** Closes the pool, gives everything back, and checks that nothing is left. */
    void close() {
        pool.close();
        while (inUse() > 0) {
            release();
            closeLease();
        }
        PoolMetrics metrics = pool.metrics();
        assertThat(metrics.size()).isZero();
        assertThat(workshop.deallocated.get()).isEqualTo(workshop.allocated.get());
        PoolsFixture.assertFiguresAddUp(metrics);
    }
}
