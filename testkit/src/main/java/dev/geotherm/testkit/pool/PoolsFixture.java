package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.Reconfigurable;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.ObjectPoolsFactory;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolMisuseException;
import dev.geotherm.testkit.ThreadsLeft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/** What the clauses of the contract of object pools share: how pools are made, watched, and closed after each clause. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class PoolsFixture {
    final Workshop workshop = newWorkshop();

    private final List<ObjectPools> made = new ArrayList<>();
    private final List<Thing> held = new CopyOnWriteArrayList<>();
    private final String instance = "contract" + UUID.randomUUID();

    PoolsFixture() {}

    /** Returns the factory of the implementation. */
    protected abstract ObjectPoolsFactory<?> factory();

    /** Returns a settings record of the factory's type that puts the limits in force. */
    protected abstract Record settings(PoolLimits limits);

    /** Returns what the implementation can do. */
    protected abstract Set<PoolCapability> capabilities();

    /**
     * Returns whether the objects of all clauses are {@link dev.geotherm.api.pool.Poolable}; false, unless overridden.
     *
     * <p>An implementation with {@link PoolCapability#GIVES_SLOTS} takes such objects back another way, and so it extends
     * the contract twice, once for each sort.
     */
    protected boolean ofPoolables() {
        return false;
    }

    final Workshop newWorkshop() {
        return new Workshop(this::ofPoolables);
    }

    final boolean can(PoolCapability capability) {
        return capabilities().contains(capability);
    }

    @AfterEach
    void closeAll() {
        made.forEach(ObjectPools::close);
        ThreadsLeft.assertNone(instance);
    }

    final ObjectPools create(PoolLimits limits) {
        ObjectPools pools = create(factory(), settings(limits));
        made.add(pools);
        return pools;
    }

    private <S extends Record> ObjectPools create(ObjectPoolsFactory<S> factory, Record settings) {
        return factory.create(factory.settings().cast(settings), ComponentContext.standalone(instance));
    }

    final ObjectPool<Thing> open(PoolLimits limits) {
        return create(limits).open("things", workshop);
    }

    final boolean reuses() {
        return can(PoolCapability.REUSES_OBJECTS);
    }

    /** Asserts that an object that was returned and not given up serves again, or that it never does. */
    final void assertServesAgain(Thing returned, Thing next) {
        if (reuses()) {
            assertThat(next).isSameAs(returned);
        } else {
            assertThat(next).isNotSameAs(returned);
        }
    }

    /** Asserts that so many objects are kept idle, or that none is. */
    final void assertIdle(ObjectPool<Thing> pool, int count) {
        assertThat(pool.metrics().idle()).as("idle objects").isEqualTo(reuses() ? count : 0);
    }

    /** Waits until all objects that there are now are older than that. */
    static void outlive(Duration age) {
        long start = System.nanoTime();
        while (System.nanoTime() - start <= age.toNanos()) {
            LockSupport.parkNanos(age.toNanos());
        }
    }

    static boolean isReconfigurable(ObjectPools pools) {
        return pools instanceof Reconfigurable<?>;
    }

    /** Puts other limits in force; skips the clause where the implementation cannot. */
    final void reconfigure(ObjectPools pools, PoolLimits limits) {
        assumeTrue(isReconfigurable(pools), "the settings cannot be changed while the pools are in use");
        reconfigure((Reconfigurable<?>) pools, settings(limits));
    }

    @SuppressWarnings("unchecked") // the settings are of the factory's type, and so the component takes them
    private static <S extends Record> void reconfigure(Reconfigurable<S> pools, Record settings) {
        pools.reconfigure((S) settings);
    }

    static void releaseAll(ObjectPool<Thing> pool, List<Thing> things) {
        things.forEach(pool::release);
    }

    /** Acquires objects that are not lost until the clause ends, whether it releases them or not. */
    final List<Thing> acquire(ObjectPool<Thing> pool, int count) {
        List<Thing> things = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Thing thing = pool.acquire();
            held.add(thing);
            things.add(thing);
        }
        return things;
    }

    /** Starts a call on a thread of its own. */
    static <T> Call<T> start(Supplier<T> action) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        result.complete(action.get());
                    } catch (RuntimeException | Error failed) {
                        result.completeExceptionally(failed);
                    }
                },
                "caller");
        thread.setDaemon(true);
        thread.start();
        return new Call<>(thread, result);
    }

    /** Starts a call and returns once its thread has ended or waits. */
    static <T> Call<T> call(Supplier<T> action) {
        return atRest(start(action));
    }

    /** Returns the call once its thread has ended or waits. */
    static <T> Call<T> atRest(Call<T> call) {
        await().pollInterval(1, TimeUnit.MILLISECONDS)
                .until(() -> call.result.isDone()
                        || call.thread.getState() == Thread.State.WAITING
                        || call.thread.getState() == Thread.State.TIMED_WAITING);
        return call;
    }

    record Call<T>(Thread thread, CompletableFuture<T> result) {
        T get() {
            return result.orTimeout(20, TimeUnit.SECONDS).join();
        }

        /** Returns what the call threw. */
        Throwable failure() {
            return result.handle((value, failed) -> failed == null ? new AssertionError("no failure") : failed)
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
        }
    }

    /** Asserts that a return is refused, has no effect, and is counted. */
    final void assertRefused(ObjectPool<?> pool, Runnable misuse) {
        assertOnlyCounts(
                pool,
                () -> assertThatExceptionOfType(PoolMisuseException.class)
                        .isThrownBy(misuse::run)
                        .withMessageContaining(pool.name()));
    }

    /** Asserts that a return has no effect but that it is counted as refused. */
    final void assertOnlyCounts(ObjectPool<?> pool, Runnable misuse) {
        PoolMetrics before = pool.metrics();
        int deallocated = workshop.deallocated.get();
        misuse.run();
        PoolMetrics after = pool.metrics();
        assertThat(after.refused()).isEqualTo(before.refused() + 1);
        assertThat(after).usingRecursiveComparison().ignoringFields("refused").isEqualTo(before);
        assertThat(workshop.deallocated).hasValue(deallocated);
    }

    static void assertFiguresAddUp(PoolMetrics metrics) {
        assertThat(metrics.handedOut() - metrics.returned() - metrics.abandoned())
                .as("in use, of " + metrics)
                .isEqualTo(metrics.inUse());
        assertThat(metrics.created() + metrics.prepared())
                .as("objects there ever were, of " + metrics)
                .isEqualTo(metrics.idle() + metrics.inUse() + metrics.discarded() + metrics.abandoned());
    }
}
