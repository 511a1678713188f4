package dev.geotherm.testkit.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.pool.FailingAllocator.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Clauses about errors thrown by an allocator, or by the JVM at any line of the pool: other threads continue, and lost
 * capacity is recovered once clean-up and garbage collection have run.
 */
abstract class ErrorClauses {
    private static final int SIZE = 3;

    /** Small, for a short recursion. */
    private static final long STACK_BYTES = 256 << 10;

    private static final int LAST_DEPTHS = 200;

    /** The pool is used once per this number of depths; one use needs more stack than this number of frames. */
    private static final int DEPTHS_PER_USE = 8;

    static final List<Supplier<Error>> ERRORS = List.of(
            () -> new StackOverflowError("planted by the contract"),
            () -> new OutOfMemoryError("planted by the contract"),
            () -> new Error("planted by the contract"));

    private final PoolFixture fixture;

    ErrorClauses(PoolFixture fixture) {
        this.fixture = fixture;
    }

    @Test
    void error_ofAnAllocatorCostsNoCapacity() {
        for (Supplier<Error> error : ERRORS) {
            for (Method method : Method.values()) {
                for (PoolLimits limits : List.of(PoolLimits.failing(SIZE), waiting())) {
                    ObjectPools pools = fixture.create(limits);
                    FailingAllocator allocator = fixture.failingAllocator();
                    ObjectPool<Object> pool = pools.open("objects", allocator);
                    allocator.fail(method, error);
                    for (int round = 0; round < 5; round++) {
                        quietly(() -> pool.run(object -> {}));
                        quietly(() -> pool.release(pool.acquire()));
                        quietly(() -> pool.discard(pool.acquire()));
                        quietly(() -> pool.lease().discard());
                        quietly(pool::cleanUp);
                        quietly(pools::trim);
                    }
                    allocator.fail(method, null);
                    fixture.assertWhole(pools, pool, SIZE);
                }
            }
        }
    }

    @Test
    void error_duringOpenLeavesTheNameFree() {
        for (Supplier<Error> error : ERRORS) {
            for (Method method : Method.values()) {
                ObjectPools pools = fixture.create(PoolLimits.failing(SIZE).withInitialSize(2));
                FailingAllocator allocator = fixture.failingAllocator();
                allocator.fail(method, error);
                quietly(() -> pools.open("objects", allocator).close());
                allocator.fail(method, null);
                fixture.assertWhole(pools, pools.open("objects", allocator), SIZE);
            }
        }
    }

    @Test
    void stackOverflow_insideUseKeepsThePoolUsable() {
        overflow(8, PoolLimits.allocating(SIZE), pool -> useUntilOverflow(pool, 0));
    }

    @Test
    void stackOverflow_atAnyDepthKeepsThePoolUsable() {
        overflow(12, PoolLimits.failing(SIZE), this::touchNearTheEnd);
    }

    @Test
    void stackOverflow_ofWaitersKeepsThePoolUsable() {
        overflow(6, waiting(), this::touchNearTheEnd);
    }

    @Test
    @Tag("full")
    @Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void stackOverflow_manyTimesKeepsThePoolUsable() {
        overflow(400, PoolLimits.allocating(SIZE), pool -> useUntilOverflow(pool, 0));
        overflow(400, PoolLimits.failing(SIZE), this::touchNearTheEnd);
        overflow(50, waiting(), this::touchNearTheEnd);
    }

    private static PoolLimits waiting() {
        return PoolLimits.waiting(SIZE).withMaxWait(Duration.ofMillis(2));
    }

    private interface Recursion {
        void run(ObjectPool<Object> pool);
    }

    private void overflow(int rounds, PoolLimits limits, Recursion recursion) {
        assumeTrue(fixture.can(PoolCapability.SURVIVES_STACK_OVERFLOW), "an overflow may leave a lock held");
        ObjectPools pools = fixture.create(limits);
        ObjectPool<Object> pool = pools.open("objects", fixture.failingAllocator());
        SplittableRandom random = new SplittableRandom();
        for (int round = 0; round < rounds; round++) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                long bytes = STACK_BYTES + 8L * random.nextInt(4_096);
                threads.add(new Thread(null, () -> untilOverflow(pool, recursion), "overflow", bytes));
            }
            threads.forEach(Thread::start);
            threads.forEach(ErrorClauses::join);
            assertThat(Call.start(pool::metrics).get()).isNotNull();
            fixture.advance(Duration.ofMillis(100));
        }
        fixture.assertWhole(pools, pool, SIZE);
    }

    private static void untilOverflow(ObjectPool<Object> pool, Recursion recursion) {
        try {
            recursion.run(pool);
        } catch (StackOverflowError end) {
            // intended
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(Patience.limit().toMillis());
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
        assertThat(thread.isAlive()).as("a thread hangs in the pool").isFalse();
    }

    private static int useUntilOverflow(ObjectPool<Object> pool, int depth) {
        return pool.use(object -> useUntilOverflow(pool, depth + 1));
    }

    /** Uses the pool at some of the last depths before the end of the stack, the last use overflowing. */
    private void touchNearTheEnd(ObjectPool<Object> pool) {
        int[] deepest = new int[1];
        int first = new SplittableRandom().nextInt(4 * DEPTHS_PER_USE);
        try {
            descend(depth -> deepest[0] = depth, 0, 0);
        } catch (StackOverflowError end) {
            descend(
                    depth -> {
                        int use = depth + first;
                        if (depth > deepest[0] - LAST_DEPTHS && use % DEPTHS_PER_USE == 0) {
                            touch(pool, use / DEPTHS_PER_USE);
                        }
                    },
                    0,
                    0);
        }
    }

    /** Runs an action at every depth. Frames of two sizes vary the distance to the end of the stack. */
    private static long descend(IntConsumer action, int depth, long seed) {
        action.accept(depth);
        return (seed + depth) % 3 == 0
                ? descend(action, depth + 1, seed, depth, seed, depth, seed, depth)
                : descend(action, depth + 1, seed + 1);
    }

    private static long descend(IntConsumer action, int depth, long seed, long a, long b, long c, long d, long e) {
        return descend(action, depth, seed + 1) + a + b + c + d + e;
    }

    private void touch(ObjectPool<Object> pool, int use) {
        try {
            switch (fixture.can(PoolCapability.FINDS_LEAKED)
                    ? use % 4
                    : 0) { // without leak recovery, an object that its borrower cannot release is lost
                case 0 -> pool.run(object -> {});
                case 1 -> pool.release(pool.acquire());
                case 2 -> pool.discard(pool.acquire());
                default -> pool.lease().close();
            }
        } catch (PoolExhaustedException full) {
            // an overflow has temporarily cost capacity
        }
    }

    static void quietly(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error planted) {
            // other clauses cover the exceptions of each operation
        }
    }
}
