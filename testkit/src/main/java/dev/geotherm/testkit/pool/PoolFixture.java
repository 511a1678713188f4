package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.Settings;
import dev.geotherm.api.StandaloneContext;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.ObjectPoolsFactory;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolMisuseException;
import dev.geotherm.testkit.ManualScheduler;
import dev.geotherm.testkit.SettableClock;
import dev.geotherm.testkit.ThreadsLeft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * The fixture of {@link ObjectPoolsContract}. It creates components with the limits that a clause needs, advances their
 * scheduler manually, and closes them after the clause.
 */
final class PoolFixture {
    /** Enough to recover the capacity that an error has cost, even on a busy machine. */
    private static final int COLLECTIONS = 40;

    final ProbeAllocator allocator;

    private final ObjectPoolsContract contract;
    private final SettableClock clock = new SettableClock();
    private final ManualScheduler scheduler = new ManualScheduler(clock);
    private final List<ObjectPools> made = new ArrayList<>();
    private final List<Probe> held = new CopyOnWriteArrayList<>();
    private final String instance = "contract" + UUID.randomUUID();

    PoolFixture(ObjectPoolsContract contract) {
        this.contract = contract;
        this.allocator = newAllocator();
    }

    ProbeAllocator newAllocator() {
        return new ProbeAllocator(contract::ofPoolables);
    }

    FailingAllocator failingAllocator() {
        return new FailingAllocator(contract::ofPoolables);
    }

    boolean can(PoolCapability capability) {
        return contract.capabilities().contains(capability);
    }

    boolean reuses() {
        return can(PoolCapability.REUSES_OBJECTS);
    }

    /** Creates a component with the given limits. */
    ObjectPools create(PoolLimits limits) {
        return create(contract.factory(), contract.settings(limits), context());
    }

    /** Creates a component with the given limits in a context of {@link #failingContext}. */
    ObjectPools create(PoolLimits limits, FailingContext context) {
        return create(contract.factory(), contract.settings(limits), context);
    }

    FailingContext failingContext() {
        return new FailingContext(context());
    }

    /** Returns the number of scheduled tasks of components. */
    int scheduled() {
        return scheduler.scheduled();
    }

    /** Creates a component with the given limits, and other limits for the pool of the given name. */
    ObjectPools create(PoolLimits limits, String name, PoolLimits ofThatName) {
        return create(
                contract.factory(),
                contract.settings(limits),
                context().withInstance(name, Settings.toTexts(contract.settings(ofThatName))));
    }

    private StandaloneContext context() {
        return ComponentContext.standalone(instance).withClock(clock).withScheduler(scheduler);
    }

    private <S extends Record> ObjectPools create(
            ObjectPoolsFactory<S> factory, Record settings, ComponentContext context) {
        ObjectPools pools = factory.create(factory.settings().cast(settings), context);
        made.add(pools);
        return pools;
    }

    /** Creates a component with the given limits and opens a pool in it. */
    ObjectPool<Probe> open(PoolLimits limits) {
        return create(limits).open("probes", allocator);
    }

    /** Closes every component and asserts that no thread is left. */
    void close() {
        made.forEach(ObjectPools::close);
        ThreadsLeft.assertNone(instance);
        assertThat(scheduler.scheduled()).as("tasks left after close()").isZero();
    }

    /** Advances the time, which runs scheduled clean-ups. */
    void advance(Duration time) {
        scheduler.advance(time);
    }

    /** Waits until all existing objects are older than the given age, by the clock of the context and in real time. */
    void outlive(Duration age) {
        long start = System.nanoTime();
        while (System.nanoTime() - start <= age.toNanos()) {
            LockSupport.parkNanos(age.toNanos());
        }
        clock.advance(age.plusMillis(1));
    }

    /** Applies other limits, or skips the clause if the implementation cannot be reconfigured. */
    void reconfigure(ObjectPools pools, PoolLimits limits) {
        assumeTrue(can(PoolCapability.RECONFIGURES), "the implementation is not reconfigurable");
        reconfigure((Reconfigurable<?>) pools, contract.settings(limits));
    }

    @SuppressWarnings("unchecked") // the settings have the type that the factory declares
    private static <S extends Record> void reconfigure(Reconfigurable<S> pools, Record settings) {
        pools.reconfigure((S) settings);
    }

    /** Acquires objects and keeps them reachable until the clause ends, so they cannot leak. */
    List<Probe> acquire(ObjectPool<Probe> pool, int count) {
        List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Probe probe = pool.acquire();
            held.add(probe);
            probes.add(probe);
        }
        return probes;
    }

    static void releaseAll(ObjectPool<Probe> pool, List<Probe> probes) {
        probes.forEach(pool::release);
    }

    /** Asserts that a released object is reused or, if the implementation reuses no objects, is not. */
    void assertServesAgain(Probe released, Probe next) {
        if (reuses()) {
            assertThat(next).isSameAs(released);
        } else {
            assertThat(next).isNotSameAs(released);
        }
    }

    /** Asserts the number of idle objects, which is zero if the implementation reuses none. */
    void assertIdle(ObjectPool<Probe> pool, int count) {
        assertThat(pool.metrics().idle()).as("idle objects").isEqualTo(reuses() ? count : 0);
    }

    /** Asserts that a release is refused, has no effect, and is counted. */
    void assertRefused(ObjectPool<?> pool, Runnable misuse) {
        assertOnlyCounts(
                pool,
                () -> assertThatExceptionOfType(PoolMisuseException.class)
                        .isThrownBy(misuse::run)
                        .withMessageContaining(pool.name()));
    }

    /** Asserts that a release has no effect except that it is counted as refused. */
    void assertOnlyCounts(ObjectPool<?> pool, Runnable misuse) {
        PoolMetrics before = pool.metrics();
        int deallocated = allocator.deallocated.get();
        misuse.run();
        PoolMetrics after = pool.metrics();
        assertThat(after.refused()).isEqualTo(before.refused() + 1);
        assertThat(after).usingRecursiveComparison().ignoringFields("refused").isEqualTo(before);
        assertThat(allocator.deallocated).hasValue(deallocated);
    }

    /** Asserts the equations that {@link PoolMetrics} guarantees. */
    static void assertAddsUp(PoolMetrics metrics) {
        assertThat(metrics.acquired() - metrics.released() - metrics.leaked())
                .as("in use, of " + metrics)
                .isEqualTo(metrics.inUse());
        assertThat(metrics.created() + metrics.preallocated())
                .as("objects that ever existed, of " + metrics)
                .isEqualTo(metrics.idle() + metrics.inUse() + metrics.discarded() + metrics.leaked());
    }

    /** Asserts that a pool can lend all objects up to its bound after some clean-up, and that it closes. */
    void assertWhole(ObjectPools pools, ObjectPool<Object> pool, int size) {
        for (int i = 0; i < COLLECTIONS && !lendsAll(pool, size); i++) {
            System.gc();
            LockSupport.parkNanos(5_000_000); // a JVM thread enqueues cleared references
            advance(Duration.ofSeconds(1));
        }
        assertThat(lendsAll(pool, size))
                .as("lends all objects: %s", pool.metrics())
                .isTrue();
        assertAddsUp(pool.metrics());
        Call<Boolean> close = Call.start(() -> {
            pools.close();
            return true;
        });
        assertThatCode(close::get).doesNotThrowAnyException();
    }

    private static boolean lendsAll(ObjectPool<Object> pool, int size) {
        return Call.start(() -> {
                    List<Object> held = new ArrayList<>();
                    try {
                        for (int i = 0; i < size; i++) {
                            held.add(pool.acquire());
                        }
                        return true;
                    } catch (PoolExhaustedException full) {
                        return false;
                    } finally {
                        held.forEach(pool::release);
                    }
                })
                .get();
    }
}
