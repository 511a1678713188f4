package dev.geotherm.pool.striped;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolableObject;
import dev.geotherm.pool.pressure.ContainerMemory;
import dev.geotherm.testkit.ManualScheduler;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.SettableClock;
import dev.geotherm.testkit.ThreadsLeft;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life cycle of objects in striped pools: age, idleness, refilling, memory, and the cost of a claim. */
@Timeout(300)
final class StripedLifeTest {
    private static final String INSTANCE = "striped-life";

    private final AtomicLong now = new AtomicLong();
    private final ManualScheduler scheduler = new ManualScheduler(new SettableClock());
    private final AtomicInteger allocated = new AtomicInteger();
    private final List<StripedPools> opened = new ArrayList<>();

    @TempDir
    Path folder;

    /** An object that stores its slot. */
    private static final class Item extends PoolableObject {
        int content;
    }

    private final Allocator<Item> allocator = new Allocator<>() {
        @Override
        public Item allocate() {
            allocated.incrementAndGet();
            return new Item();
        }

        @Override
        public void reset(Item item) {
            item.content = 0;
        }
    };

    private StripedPools pools(String... settings) {
        StripedPools pools = new StripedPools(
                QuietPools.settings(settings),
                ComponentContext.standalone(INSTANCE).withScheduler(scheduler),
                ContainerMemory.of(folder, folder.resolve("membership")),
                () -> System.nanoTime() + now.get());
        opened.add(pools);
        return pools;
    }

    /** Runs a few sweeps at intervals of 5 ms. */
    private void sweep() {
        scheduler.advance(Duration.ofMillis(20));
    }

    @AfterEach
    void close() {
        opened.forEach(StripedPools::close);
        ThreadsLeft.assertNone(INSTANCE);
    }

    private static void use(ObjectPool<Item> pool, int count) {
        List<Item> held = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            held.add(pool.acquire());
        }
        held.forEach(pool::release);
    }

    @Test
    void maxAge_olderIdleObjectIsDeallocated() {
        ObjectPool<Item> pool = pools("maxAge", "1h").open("items", allocator);
        use(pool, 3);
        Item held = pool.acquire();
        assertThat(pool.cleanUp()).isZero();
        now.addAndGet(Duration.ofHours(2).toNanos());
        assertThat(pool.cleanUp()).isEqualTo(2);
        pool.release(held);
        assertThat(pool.cleanUp()).isEqualTo(1);
    }

    @Test
    void maxIdle_longerIdleObjectIsDeallocated() {
        ObjectPool<Item> pool = pools("maxIdle", "1m").open("items", allocator);
        use(pool, 3);
        pool.cleanUp();
        now.addAndGet(Duration.ofSeconds(50).toNanos());
        use(pool, 1);
        pool.cleanUp();
        now.addAndGet(Duration.ofSeconds(50).toNanos());
        assertThat(pool.cleanUp()).isEqualTo(2);
        assertThat(pool.metrics().idle()).isEqualTo(1);
    }

    @Test
    void minSize_missingObjectsArePreallocatedInTheBackground() {
        ObjectPool<Item> pool = pools("minSize", "5", "sweepInterval", "5ms").open("items", allocator);
        sweep();
        assertThat(pool.metrics().idle()).isEqualTo(5);
        pool.discard(pool.acquire());
        sweep();
        assertThat(pool.metrics().idle()).isEqualTo(5);
        assertThat(pool.metrics().preallocated()).isEqualTo(6);
    }

    @Test
    void sweep_preallocatesNoMoreThanTheBoundAllows() {
        ObjectPool<Item> pool =
                pools("minSize", "5", "maxSize", "2", "sweepInterval", "5ms").open("items", allocator);
        sweep();
        assertThat(pool.metrics().idle()).isEqualTo(2);
        assertThat(pool.metrics().preallocated()).isEqualTo(2);
    }

    @Test
    void trim_deallocatedObjectIsNotReferenced() {
        StripedPools pools = pools();
        ObjectPool<Item> pool = pools.open("items", allocator);
        Item item = pool.acquire();
        WeakReference<Item> trace = new WeakReference<>(item);
        pool.release(item);
        item = null;
        assertThat(pools.trim()).isEqualTo(1);
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(5)).until(() -> {
            System.gc();
            return trace.refersTo(null);
        });
        assertThat(pool.metrics().idle()).isZero();
    }

    @Test
    void sweep_findsAReleaseThatRacedWithClose() {
        AtomicInteger deallocated = new AtomicInteger();
        ObjectPool<Item> pool = pools("sweepInterval", "5ms").open("items", new Allocator<Item>() {
            @Override
            public Item allocate() {
                return new Item();
            }

            @Override
            public void reset(Item item) {}

            @Override
            public void deallocate(Item item) {
                deallocated.incrementAndGet();
            }
        });
        Slot<?> slot = (Slot<?>) pool.acquire().slot();
        pool.close();
        slot.release(slot.claim()); // as a release that did not see that the pool was closed
        sweep();
        assertThat(deallocated).hasValue(1);
    }

    @Test
    void sweep_hintsAnIdleObjectWithoutHint() {
        ObjectPool<Item> pool = pools("sweepInterval", "5ms").open("items", allocator);
        use(pool, 1);
        Slot<?> slot = (Slot<?>) pool.acquire().slot();
        slot.hinted(false);
        slot.release(slot.claim()); // as a release that did not see that its hint was cleared
        sweep();
        assertThat(slot.isHinted()).isTrue();
    }

    @Test
    void preallocation_isRepeatedAfterAnOutOfMemoryError() {
        AtomicBoolean memoryIsOut = new AtomicBoolean();
        AtomicInteger refused = new AtomicInteger();
        StripedPools pools = pools("minSize", "5", "sweepInterval", "5ms", "cleanupInterval", "5ms");
        ObjectPool<Item> pool = pools.open("items", new Allocator<>() {
            @Override
            public Item allocate() {
                if (memoryIsOut.get()) {
                    refused.incrementAndGet();
                    throw new OutOfMemoryError("planted");
                }
                return new Item();
            }

            @Override
            public void reset(Item item) {}
        });
        sweep();
        assertThat(pool.metrics().idle()).isEqualTo(5);
        memoryIsOut.set(true);
        pool.discard(pool.acquire());
        sweep();
        assertThat(refused.get()).isGreaterThan(1);
        assertThat(pool.metrics().idle()).isZero();
        assertThat(pool.metrics().pressureEvents()).isPositive();
        memoryIsOut.set(false);
        sweep();
        assertThat(pool.metrics().idle()).isEqualTo(5);
    }

    @Test
    void preallocation_ofManyObjectsUsesManyThreads() {
        ObjectPool<Item> pool = pools("initialSize", "2000", "maxSize", "2000").open("items", allocator);
        assertThat(pool.metrics().preallocated()).isEqualTo(2000);
        assertThat(pool.metrics().idle()).isEqualTo(2000);
        assertThat(allocated).hasValue(2000);
    }

    @Test
    void container_nearItsLimitKeepsNoIdleObjectsUntilItRecovers() throws IOException {
        Files.writeString(folder.resolve("membership"), "0::/group\n");
        Files.createDirectory(folder.resolve("group"));
        container(500);
        StripedPools pools = pools("pressureThreshold", "0.9", "sweepInterval", "5ms");
        ObjectPool<Item> pool = pools.open("items", allocator);
        use(pool, 10);
        assertThat(pool.metrics().idle()).isEqualTo(10);
        container(950);
        sweep();
        assertThat(pool.metrics().pressureEvents()).isEqualTo(1);
        assertThat(pool.metrics().idle()).isZero();
        use(pool, 10);
        assertThat(pool.metrics().idle()).isLessThanOrEqualTo(1);
        container(500);
        sweep();
        use(pool, 10);
        assertThat(pool.metrics().idle()).isEqualTo(10);
        assertThat(pool.metrics().pressureEvents()).isEqualTo(1);
    }

    /** Writes the files of a group with a limit of 1,000 bytes; 40 reclaimable bytes are added to the used ones. */
    private void container(int used) throws IOException {
        Path group = folder.resolve("group");
        Files.writeString(
                group.resolve("memory.stat"), "anon 1\ninactive_file 20\nactive_file 15\nslab_reclaimable 5\n");
        Files.writeString(group.resolve("memory.current"), (used + 40) + "\n");
        Files.writeString(group.resolve("memory.max"), "1000\n");
    }

    @Test
    void container_withoutLimitIsNeverUnderPressure() throws IOException {
        Files.writeString(folder.resolve("membership"), "0::/group\n");
        Files.createDirectory(folder.resolve("group"));
        container(999);
        ContainerMemory memory = ContainerMemory.of(folder, folder.resolve("membership"));
        assertThat(memory.usedShare()).isEqualTo(0.999);
        Files.writeString(folder.resolve("group").resolve("memory.max"), "max\n");
        assertThat(memory.usedShare()).isZero();
        Files.writeString(folder.resolve("group").resolve("memory.max"), "nonsense\n");
        assertThat(memory.usedShare()).isZero();
        assertThat(ContainerMemory.of(folder, folder.resolve("none")).usedShare())
                .isZero();
        assertThatCode(() -> ContainerMemory.ofThisProcess().usedShare()).doesNotThrowAnyException();
    }

    @Test
    void release_ofAnObjectInUseForLongKeepsIt() {
        ObjectPool<Item> pool = pools("sweepInterval", "1ms").open("items", allocator);
        Item held = pool.acquire();
        sweep();
        sweep(); // twice: the pool then no longer refers to it
        System.gc();
        pool.release(held);
        System.gc();
        assertThat(pool.acquire()).isSameAs(held);
        assertThat(pool.metrics().leaked()).isZero();
    }

    @Test
    void sweep_skipsObjectsInUseForLongUntilTheirRelease() {
        ObjectPool<Item> pool = pools("sweepInterval", "5ms", "maxIdle", "1m").open("items", allocator);
        List<Item> held = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            held.add(pool.acquire());
        }
        SlotSegment<?> segment = ((Slot<?>) held.get(0).slot()).segment;
        assertThat(segment.longHeld()).isZero();
        sweep();
        assertThat(segment.longHeld()).isEqualTo(50);

        now.addAndGet(Duration.ofHours(1).toNanos());
        held.subList(0, 20).forEach(pool::release);
        assertThat(segment.longHeld()).isEqualTo(30);
        sweep();
        assertThat(pool.metrics().idle()).as("idle since their release").isEqualTo(20);
        now.addAndGet(Duration.ofHours(1).toNanos());
        sweep();
        assertThat(pool.metrics().idle()).isZero();
        assertThat(pool.metrics().inUse()).isEqualTo(30);
    }

    @Test
    void sweep_includesASkippedSlotAfterSomeRounds() {
        ObjectPool<Item> pool = pools("sweepInterval", "5ms", "maxIdle", "1m").open("items", allocator);
        Slot<?> slot = (Slot<?>) pool.acquire().slot();
        sweep();
        assertThat(slot.segment.longHeld()).isEqualTo(1);
        slot.release(slot.claim()); // as a release that coincides with a sweep
        scheduler.advance(Duration.ofMillis(5 * 16));
        assertThat(slot.segment.longHeld()).isZero();
    }

    @Test
    void acquire_findsObjectsAndCapacityInManyGroups() {
        int many = 10_000; // three groups of 4,096
        String bound = Integer.toString(many);
        ObjectPool<Item> pool = pools("initialSize", "5000", "maxSize", bound).open("items", allocator);
        List<Item> held = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            held.add(pool.acquire());
        }
        assertThat(allocated).hasValue(many);
        assertThat(pool.metrics().inUse()).isEqualTo(many);
        Collections.shuffle(held, new Random(1));
        held.subList(0, 7_000).forEach(pool::release);
        for (int i = 0; i < 7_000; i++) {
            held.set(i, pool.acquire());
        }
        assertThat(allocated).as("idle objects are reused").hasValue(many);
        held.subList(0, 7_000).forEach(pool::discard);
        for (int i = 0; i < 7_000; i++) {
            held.set(i, pool.acquire());
        }
        assertThat(allocated).hasValue(many + 7_000);
        assertThat(held).doesNotHaveDuplicates();
        assertThat(held.stream()
                        .map(item -> ((Slot<?>) item.slot()).segment.group)
                        .distinct())
                .as("free positions are used again")
                .hasSize(3);
        assertThat(pool.metrics().inUse()).isEqualTo(many);
        held.forEach(pool::release);
        assertThat(pool.metrics().idle()).isEqualTo(many);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "true"})
    void weakenReferences_duringAReleaseLosesNoObject(String exactReturns) {
        AtomicInteger deallocated = new AtomicInteger();
        AtomicReference<StripedPool<Item>> itself = new AtomicReference<>();
        StripedPoolsSettings settings = QuietPools.settings("exactReturns", exactReturns);
        StripedPool<Item> pool = new StripedPool<>(
                "items",
                new Allocator<Item>() {
                    @Override
                    public Item allocate() {
                        return new Item();
                    }

                    @Override
                    public void reset(Item item) {
                        itself.get().weakenReferences();
                        itself.get().weakenReferences();
                    }

                    @Override
                    public void deallocate(Item item) {
                        deallocated.incrementAndGet();
                    }
                },
                settings,
                new ReferenceQueue<>(),
                System::nanoTime,
                closed -> {});
        itself.set(pool);
        WeakReference<Item> item = usedOnce(pool);
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        assertThat(item.get()).isNotNull();
        pool.close();
        assertThat(deallocated).hasValue(1);
    }

    private static WeakReference<Item> usedOnce(ObjectPool<Item> pool) {
        Item item = pool.acquire();
        pool.release(item);
        return new WeakReference<>(item);
    }

    @Test
    void acquireAndRelease_allocateNothing() {
        ObjectPool<Item> pool = pools("leakSampling", "0").open("items", allocator);
        int rounds = 200_000;
        long[] bytes = new long[1];
        for (int warmUp = 0; warmUp < 10; warmUp++) {
            long before = allocatedBytes();
            for (int i = 0; i < rounds; i++) {
                Item item = pool.acquire();
                item.content = i;
                pool.release(item);
            }
            bytes[0] = allocatedBytes() - before;
        }
        assertThat((double) bytes[0] / rounds).as("bytes for each use").isLessThan(0.1);
    }

    private static long allocatedBytes() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
