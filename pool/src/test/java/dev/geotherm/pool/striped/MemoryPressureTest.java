package dev.geotherm.pool.striped;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolMetrics;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pools deallocate idle objects if the heap stays full after a collection; runs in child JVMs with small heaps. */
@Timeout(300)
final class MemoryPressureTest {

    /** In a child JVM: the number of rounds, which makes it likely that a fault shows. */
    private static final int ROUNDS = Integer.getInteger("rounds", 1);

    @ParameterizedTest
    @ValueSource(strings = {"Serial", "G1"})
    void fullHeap_afterACollectionTrims(String collector) throws Exception {
        fullHeap_afterACollectionTrimsWith(collector);
    }

    @ParameterizedTest
    @Tag("full")
    @ValueSource(strings = {"Parallel", "Z"})
    void fullHeap_afterACollectionTrimsWithOtherCollectors(String collector) throws Exception {
        fullHeap_afterACollectionTrimsWith(collector);
    }

    private static void fullHeap_afterACollectionTrimsWith(String collector) throws Exception {
        String said = ChildJvm.run(FullHeap.class, collector, "-Xmx128m");
        assertThat(said).contains("idle before: 10", "idle after: 0, given up: true");
    }

    /**
     * Fills three tenths of the heap, so that no collection makes room, and waits until the idle objects are
     * deallocated. With ZGC, a buffer takes 2 MiB.
     */
    static final class FullHeap {
        public static void main(String[] arguments) throws InterruptedException {
            try (StripedPools pools = new StripedPools(settings(0), ComponentContext.standalone("full"))) {
                ObjectPool<byte[]> pool = pools.open("buffers", new BuffersAllocator());
                BuffersAllocator.fill(pool, 10);
                List<byte[]> competitor = competitor(40);
                System.out.println("idle before: " + pool.metrics().idle());
                pools.reconfigure(settings(0.3));
                System.gc();
                await(() -> pool.metrics().idle() == 0 && pool.metrics().pressureEvents() > 0);
                System.out.println("idle after: " + pool.metrics().idle() + ", given up: "
                        + (pool.metrics().pressureEvents() > 0));
                Reference.reachabilityFence(competitor);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"G1"})
    void youngObjects_areNoPressure(String collector) throws Exception {
        youngObjects_areNoPressureWith(collector, 1);
    }

    @ParameterizedTest
    @Tag("full")
    @ValueSource(strings = {"Serial", "Parallel", "Z"})
    void youngObjects_areNoPressureWithOtherCollectors(String collector) throws Exception {
        youngObjects_areNoPressureWith(collector, 5);
    }

    private static void youngObjects_areNoPressureWith(String collector, int pauseMillis) throws Exception {
        String said = ChildJvm.run(YoungObjects.class, collector, "-Xmx512m", "-DpauseMillis=" + pauseMillis);
        assertThat(said).contains("idle: 20, events: 0").doesNotContain("memory pressure");
    }

    /**
     * Allocates 600 MiB; medium-lived objects exceed a survivor space.
     *
     * <p>It pauses after each MiB: on a busy machine, ZGC cannot keep up with more than 200 MiB/s, and when an
     * allocation stalls, the JVM is out of memory and clears soft references.
     */
    static final class YoungObjects {
        public static void main(String[] arguments) {
            try (StripedPools pools = new StripedPools(
                    QuietPools.settings("pressureThreshold", "0.9", "sweepInterval", "10ms"),
                    ComponentContext.standalone("young"))) {
                ObjectPool<byte[]> pool = pools.open("buffers", new BuffersAllocator());
                BuffersAllocator.fill(pool, 20);
                byte[][] young = new byte[40_000][];
                for (int i = 0; i < 600 << 10; i++) {
                    young[i % young.length] = new byte[1 << 10];
                    if (i % (1 << 10) == 0) {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(Integer.getInteger("pauseMillis")));
                    }
                }
                System.out.println("idle: " + pool.metrics().idle() + ", events: "
                        + pool.metrics().pressureEvents());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Serial", "G1"})
    void recovery_followsTheEndOfPressure(String collector) throws Exception {
        recovery_followsTheEndOfPressureAfter(4, collector);
    }

    @ParameterizedTest
    @Tag("full")
    @ValueSource(strings = {"Serial", "G1"})
    void recovery_followsTheEndOfLongPressure(String collector) throws Exception {
        recovery_followsTheEndOfPressureAfter(20, collector);
    }

    private static void recovery_followsTheEndOfPressureAfter(int rounds, String collector) throws Exception {
        String said = ChildJvm.run(Recovery.class, collector, "-Xmx96m", "-Drounds=" + rounds);
        assertThat(said.lines()) // with log lines in between
                .containsSubsequence(
                        "kept while short: 1", "recovered: 10", "kept while short again: 1", "recovered again: 10");
    }

    /** Fills the heap, frees it, and does so again. */
    static final class Recovery {
        private static final int KEPT = 10;

        public static void main(String[] arguments) throws InterruptedException {
            try (StripedPools pools = new StripedPools(
                    QuietPools.settings("pressureThreshold", "0.5", "sweepInterval", "10ms"),
                    ComponentContext.standalone("recovery"))) {
                ObjectPool<byte[]> pool = pools.open("buffers", new BuffersAllocator());
                for (String again : List.of("", " again")) {
                    BuffersAllocator.fill(pool, KEPT);
                    List<byte[]> competitor = competitor(55);
                    System.gc();
                    await(() -> pool.metrics().idle() == 0);
                    int most = 0;
                    for (int i = 0; i < ROUNDS; i++) {
                        BuffersAllocator.fill(pool, KEPT); // not kept, because of memory pressure
                        most = Math.max(most, pool.metrics().idle());
                        TimeUnit.MILLISECONDS.sleep(20);
                    }
                    System.out.println("kept while short" + again + ": " + most);
                    competitor.clear();
                    await(() -> {
                        System.gc();
                        BuffersAllocator.fill(pool, KEPT);
                        return pool.metrics().idle() == KEPT;
                    });
                    System.out.println(
                            "recovered" + again + ": " + pool.metrics().idle());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Serial", "G1"})
    void idleObjects_makeRoomForOtherAllocations(String collector) throws Exception {
        idleObjects_makeRoomForOtherAllocationsWith(collector);
    }

    @ParameterizedTest
    @Tag("full")
    @ValueSource(strings = {"Parallel"})
    void idleObjects_makeRoomForOtherAllocationsWithOtherCollectors(String collector) throws Exception {
        idleObjects_makeRoomForOtherAllocationsWith(collector);
    }

    private static void idleObjects_makeRoomForOtherAllocationsWith(String collector) throws Exception {
        assertThat(ChildJvm.run(Competitor.class, collector, "-Xmx64m", "-Xmn10m"))
                .contains("held by the competitor: 45")
                .containsPattern("(?m)^used again: 5, failures: 0, leaked: 0$");
    }

    /** Keeps 35 idle buffers, and allocates and holds 45 MiB in small steps. */
    static final class Competitor {
        public static void main(String[] arguments) throws InterruptedException {
            try (StripedPools pools = new StripedPools(
                    QuietPools.settings("pressureThreshold", "1", "sweepInterval", "50ms"),
                    ComponentContext.standalone("competitor"))) {
                ObjectPool<byte[]> pool = pools.open("buffers", new BuffersAllocator());
                BuffersAllocator.fill(pool, 35);
                TimeUnit.MILLISECONDS.sleep(200);
                System.out.println("idle before: " + pool.metrics().idle());
                List<byte[]> held = new ArrayList<>();
                for (int i = 0; i < 45 * 16; i++) {
                    held.add(new byte[(1 << 16) - 64]);
                }
                System.out.println("held by the competitor: " + held.size() / 16);
                await(() -> pool.metrics().idle() < 10);
                System.out.println("idle after: " + pool.metrics().idle());
                BuffersAllocator.fill(pool, 5);
                System.out.println("used again: 5, failures: " + pool.metrics().failures() + ", leaked: "
                        + pool.metrics().leaked());
            }
        }
    }

    @Test
    void deallocate_isNeverLeftToTheCollector() throws Exception {
        deallocate_isNotLeftToTheCollector(6);
    }

    @Test
    @Tag("full")
    void deallocate_isNeverLeftToManyCollections() throws Exception {
        deallocate_isNotLeftToTheCollector(40);
    }

    private static void deallocate_isNotLeftToTheCollector(int rounds) throws Exception {
        String said = ChildJvm.run(
                Disposed.class, "Serial", "-Xmx64m", "-XX:SoftRefLRUPolicyMSPerMB=0", "-Drounds=" + rounds);
        assertThat(said).contains("idle: 20, deallocated: 0, then: 20");
    }

    /** Keeps idle objects with an allocator that disposes of them, while every collection clears soft references. */
    static final class Disposed {
        public static void main(String[] arguments) throws InterruptedException {
            AtomicInteger deallocated = new AtomicInteger();
            try (StripedPools pools = new StripedPools(
                    QuietPools.settings("pressureThreshold", "0.9", "sweepInterval", "5ms"),
                    ComponentContext.standalone("disposed"))) {
                ObjectPool<byte[]> pool = pools.open("buffers", new BuffersAllocator() {
                    @Override
                    public void deallocate(byte[] object) {
                        deallocated.incrementAndGet();
                    }
                });
                BuffersAllocator.fill(pool, 20);
                for (int i = 0; i < ROUNDS; i++) {
                    TimeUnit.MILLISECONDS.sleep(10);
                    System.gc();
                    System.gc();
                }
                System.out.print("idle: " + pool.metrics().idle() + ", deallocated: " + deallocated);
            }
            System.out.println(", then: " + deallocated);
        }
    }

    @Test
    void softlyHeldObjects_disappearUnnoticed() throws Exception {
        softlyHeldObjects_disappearUnnoticedIn(12);
    }

    @Test
    @Tag("full")
    void softlyHeldObjects_disappearUnnoticedManyTimes() throws Exception {
        softlyHeldObjects_disappearUnnoticedIn(400);
    }

    private static void softlyHeldObjects_disappearUnnoticedIn(int rounds) throws Exception {
        String said = ChildJvm.run(
                Clearing.class, "Serial", "-Xmx32m", "-XX:SoftRefLRUPolicyMSPerMB=0", "-Drounds=" + rounds);
        assertThat(said).contains("wrong: 0, refused: 0, failures: 0, leaked: 0, in use: 0, left: 3");
        assertThat(said).containsPattern("(?m)^taken by the collector: [1-9]");
    }

    /**
     * Uses a pool from several threads while idle objects are softly referenced and every second collection clears
     * them.
     */
    static final class Clearing {
        private static final int MAX_SIZE = 8;

        public static void main(String[] arguments) throws InterruptedException {
            AtomicInteger wrong = new AtomicInteger();
            byte[] half = new byte[17 << 20];
            StripedPoolsSettings settings = QuietPools.settings(
                    "pressureThreshold", "1",
                    "sweepInterval", "20ms",
                    "minSize", "3",
                    "maxSize", String.valueOf(MAX_SIZE),
                    "whenExhausted", "wait",
                    "maxWait", "20s");
            try (StripedPools pools = new StripedPools(settings, ComponentContext.standalone("clearing"))) {
                ObjectPool<AtomicInteger> pool = pools.open("items", new Allocator<>() {
                    @Override
                    public AtomicInteger allocate() {
                        return new AtomicInteger();
                    }

                    @Override
                    public void reset(AtomicInteger item) {}
                });
                List<AtomicInteger> all = new ArrayList<>();
                for (int i = 0; i < MAX_SIZE; i++) {
                    all.add(pool.acquire());
                }
                all.forEach(pool::release);
                all.clear(); // all of these except minSize must be deallocated

                AtomicBoolean ended = new AtomicBoolean();
                List<Thread> threads = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    Thread thread = new Thread(() -> {
                        while (!ended.get()) {
                            for (int k = 0; k < 100; k++) {
                                AtomicInteger item = pool.acquire();
                                wrong.addAndGet(item.incrementAndGet() == 1 ? 0 : 1);
                                wrong.addAndGet(item.decrementAndGet() == 0 ? 0 : 1);
                                pool.release(item);
                            }
                            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(15));
                        }
                    });
                    threads.add(thread);
                    thread.start();
                }
                for (int i = 0; i < ROUNDS; i++) {
                    System.gc(); // idle objects are softly referenced, because the heap is half full
                    TimeUnit.MILLISECONDS.sleep(3);
                    System.gc();
                    System.gc();
                    TimeUnit.MILLISECONDS.sleep(3);
                }
                ended.set(true);
                for (Thread thread : threads) {
                    thread.join();
                }
                await(() -> {
                    System.gc();
                    System.gc();
                    return pool.metrics().idle() == 3;
                });
                PoolMetrics counters = pool.metrics();
                System.out.println("taken by the collector: " + counters.discarded());
                System.out.println("wrong: " + wrong + ", refused: " + counters.refused() + ", failures: "
                        + counters.failures() + ", leaked: " + counters.leaked() + ", in use: " + counters.inUse()
                        + ", left: " + counters.idle());
                Reference.reachabilityFence(half);
            }
        }
    }

    private static List<byte[]> competitor(int buffers) {
        List<byte[]> competitor = new ArrayList<>();
        for (int i = 0; i < buffers; i++) {
            competitor.add(new byte[BuffersAllocator.SIZE]);
        }
        return competitor;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean() && System.nanoTime() < limit) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    void thresholds_areTheLowestWantedAndRestored() {
        List<Long> before = thresholds();
        StripedPools eager = new StripedPools(settings(0.5), ComponentContext.standalone("eager"));
        List<Long> low = thresholds();
        StripedPools patient = new StripedPools(settings(0.9), ComponentContext.standalone("patient"));
        assertThat(low).isNotEqualTo(before);
        assertThat(thresholds()).isEqualTo(low);

        eager.reconfigure(settings(0));
        List<Long> high = thresholds();
        assertThat(high).isNotEqualTo(low).isNotEqualTo(before);

        eager.close();
        assertThat(thresholds()).isEqualTo(high);
        patient.close();
        assertThat(thresholds()).isEqualTo(before);
    }

    private static List<Long> thresholds() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(MemoryPoolMXBean::isCollectionUsageThresholdSupported)
                .map(MemoryPoolMXBean::getCollectionUsageThreshold)
                .toList();
    }

    private static StripedPoolsSettings settings(double pressureThreshold) {
        return QuietPools.settings("pressureThreshold", String.valueOf(pressureThreshold));
    }
}
