package dev.geotherm.pool.striped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolableObject;
import dev.geotherm.testkit.Patience;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Millions of hand-offs, on few and on many threads: no object ever has two borrowers, and none is lost. */
final class HandoffStressTest {
    private static final int SIZE = 5;

    /** An object that detects a second borrower. */
    private static final class Item extends PoolableObject {
        private final AtomicInteger holders = new AtomicInteger();
        int content;

        void take() {
            if (holders.incrementAndGet() != 1 || content != 0) {
                throw new AssertionError("an object is in two hands, or was not reset");
            }
            content = 1;
        }

        void release() {
            if (holders.decrementAndGet() != 0) {
                throw new AssertionError("an object has two borrowers");
            }
        }
    }

    private static final class Items implements Allocator<Item> {
        final AtomicInteger live = new AtomicInteger();

        @Override
        public Item allocate() {
            live.incrementAndGet();
            return new Item();
        }

        @Override
        public void reset(Item item) {
            item.content = 0;
        }

        @Override
        public void deallocate(Item item) {
            if (item.holders.incrementAndGet() != 1) { // for ever
                throw new AssertionError("an object is deallocated that somebody has");
            }
            live.decrementAndGet();
        }
    }

    @Test
    @Timeout(300)
    void handOff_givesNoObjectTwoBorrowers() throws Exception {
        stress(Executors.newFixedThreadPool(8), 8, 6_000, "wait", 0);
        stress(Executors.newFixedThreadPool(8), 8, 6_000, "allocate", 0);
    }

    @Test
    @Tag("full")
    @Timeout(600)
    void handOff_manyTimesGivesNoObjectTwoBorrowers() throws Exception {
        for (String whenExhausted : List.of("wait", "allocate")) {
            stress(Executors.newFixedThreadPool(8), 8, 400_000, whenExhausted, 0);
            stress(Executors.newFixedThreadPool(8), 8, 100_000, whenExhausted, 10_000);
        }
    }

    @Test
    @Timeout(300)
    void handOff_whileTheBoundChangesGivesNoObjectTwoBorrowers() throws Exception {
        stress(Executors.newFixedThreadPool(4), 4, 4_000, "wait", 1_000);
        stress(Executors.newFixedThreadPool(4), 4, 4_000, "allocate", 1_000);
    }

    @Test
    @Timeout(300)
    void handOff_onVirtualThreadsGivesNoObjectTwoBorrowers() throws Exception {
        assumeThat(Runtime.version().feature()).as("virtual threads").isGreaterThanOrEqualTo(21);
        stress(virtualThreads(), 5_000, 20, "wait", 0);
        stress(virtualThreads(), 5_000, 20, "allocate", 0);
    }

    /** Looked up by reflection, because the tests also run on Java 17. */
    private static ExecutorService virtualThreads() throws Exception {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (InvocationTargetException failed) {
            throw new AssertionError("cannot make virtual threads", failed.getCause());
        }
    }

    private static void stress(ExecutorService threads, int tasks, int rounds, String whenExhausted, int resizes)
            throws Exception {
        Items items = new Items();
        AtomicLong uses = new AtomicLong();
        try (StripedPools pools =
                new StripedPools(settings(SIZE, whenExhausted), ComponentContext.standalone("stress"))) {
            ObjectPool<Item> pool = pools.open("items", items);
            List<Future<?>> results = new ArrayList<>();
            for (int task = 0; task < tasks; task++) {
                long seed = Long.getLong("geotherm.seed", 42L) + task;
                results.add(threads.submit(() -> use(pool, new Random(seed), rounds, uses)));
            }
            for (int i = 0; i < resizes; i++) {
                pools.reconfigure(settings(1 + i % SIZE, whenExhausted));
            }
            for (Future<?> result : results) {
                result.get();
            }
            pools.reconfigure(settings(SIZE, whenExhausted));
            // A sweep that owns an object now has not yet counted its claim as one of the pool.
            await().atMost(Patience.limit())
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> pool.metrics().acquired() == uses.get());
            PoolMetrics metrics = pool.metrics();
            assertThat(metrics.inUse()).isZero();
            assertThat(metrics.leaked()).isZero();
            assertThat(metrics.idle()).isEqualTo(items.live.get()).isBetween(0, SIZE);
            assertThat(metrics.created() + metrics.preallocated()).isEqualTo(metrics.idle() + metrics.discarded());
        } finally {
            threads.shutdownNow();
        }
        assertThat(items.live).hasValue(0);
    }

    private static StripedPoolsSettings settings(int maxSize, String whenExhausted) {
        return QuietPools.settings(
                "maxSize", String.valueOf(maxSize),
                "whenExhausted", whenExhausted,
                "maxWait", "100s",
                "sweepInterval", "1ms",
                "leakSampling", "0.001");
    }

    private static void use(ObjectPool<Item> pool, Random random, int rounds, AtomicLong uses) {
        for (int i = 0; i < rounds; i++) {
            int what = random.nextInt(100);
            if (what < 50) {
                Item item = pool.acquire();
                item.take();
                breathe(what);
                item.release();
                if (what == 1) {
                    pool.discard(item);
                } else {
                    pool.release(item);
                }
            } else {
                try (Lease<Item> lease = pool.lease()) {
                    lease.get().take();
                    breathe(what);
                    lease.get().release();
                }
            }
        }
        uses.addAndGet(rounds);
    }

    private static void breathe(int what) {
        if (what % 10 == 0) {
            Thread.yield();
        }
    }
}
