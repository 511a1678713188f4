package dev.geotherm.pool.slab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.PoolMisuseException;
import dev.geotherm.pool.slab.memory.ForeignMemory;
import dev.geotherm.pool.vector.FloatVector;
import dev.geotherm.pool.vector.VectorAllocator;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.ThreadsLeft;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Vectors in slab pools; everything else works as in striped pools. */
@Timeout(300)
final class SlabPoolsTest {
    private static final int DIMENSION = 1_000;

    /** The size of four vectors in bytes. */
    private static final long BLOCK = 4 * 4_032;

    private final SlabPools pools = open("maxSize", "100");
    private final ObjectPool<FloatVector> vectors = pools.open("vectors", new VectorAllocator(DIMENSION));

    private static SlabPools open(String name, String value) {
        return new SlabPools(
                QuietSlab.settings("blockSize", String.valueOf(BLOCK), name, value),
                ComponentContext.standalone("slab-test"));
    }

    @AfterEach
    void close() {
        pools.close();
        ThreadsLeft.assertNone("slab-test");
    }

    /** On a JDK without the foreign memory API, a write into freed memory crashes the JVM. */
    @Test
    void release_racingWithDiscardFreesTheVectorOnce() throws Exception {
        int dimension = 4_000_000;
        ExecutorService other = Executors.newSingleThreadExecutor();
        try (SlabPools counting = open("whenMisused", "count")) {
            ObjectPool<FloatVector> large = counting.open("large", new VectorAllocator(dimension));
            CyclicBarrier both = new CyclicBarrier(2);
            for (int i = 0; i < 100; i++) {
                FloatVector vector = large.acquire();
                Future<?> discarding = other.submit(() -> {
                    both.await();
                    large.discard(vector);
                    return null;
                });
                both.await();
                large.release(vector);
                discarding.get();
            }
            assertThat(large.metrics().refused()).isEqualTo(100);
            assertThat(large.metrics().released() + large.metrics().discarded()).isGreaterThanOrEqualTo(100);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void acquire_vectorsAreInNativeMemory() {
        vectors.run(vector -> {
            assertThat(vector.isNative()).isTrue();
            assertThat(vector.buffer().isDirect()).isTrue();
            assertThat(vector).hasToString("1000 numbers in native memory");
        });
        assertThat(pools.nativeBytes()).isEqualTo(BLOCK);
    }

    @Test
    void address_readsTheVector() throws ReflectiveOperationException {
        try (Lease<FloatVector> lease = vectors.lease()) {
            FloatVector vector = lease.get();
            for (int i = 0; i < DIMENSION; i++) {
                vector.set(i, i / 3f);
            }
            for (int i = 0; i < DIMENSION; i++) {
                assertThat(RawMemory.read(vector.address() + 4L * i)).isEqualTo(i / 3f);
            }
        }
    }

    @Test
    void address_nativeCodeReadsAndWritesInPlace() throws Throwable {
        assumeTrue(Runtime.version().feature() >= ForeignMemory.SINCE, "this JDK cannot call native code");
        FloatVector one = vectors.acquire();
        FloatVector other = vectors.acquire();
        for (int i = 0; i < DIMENSION; i++) {
            one.set(i, i / 3f);
        }
        assertThat(RawMemory.compare(one.address(), other.address(), 4 * DIMENSION))
                .isNotZero();
        RawMemory.copy(other.address(), one.address(), 4 * DIMENSION);
        assertThat(other.get(999)).isEqualTo(333);
        assertThat(other.buffer()).isEqualTo(one.buffer());
        assertThat(RawMemory.compare(one.address(), other.address(), 4 * DIMENSION))
                .isZero();
        vectors.release(one);
        vectors.release(other);
    }

    @Test
    void release_clearsAndRevokesTheVector() {
        FloatVector vector = vectors.acquire();
        vector.set(5, 42);
        FloatBuffer kept = vector.buffer();
        vectors.release(vector);
        assertThatIllegalStateException().isThrownBy(() -> vector.get(5)).withMessageContaining("released");
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> kept.get(5));
        assertThatExceptionOfType(PoolMisuseException.class).isThrownBy(() -> vectors.release(vector));
        assertThat(vectors.acquire()).isSameAs(vector);
        assertThat(vector.get(5)).isZero();
        vectors.release(vector);
    }

    @Test
    void close_freesMemoryWithTheLastVector() {
        List<FloatVector> held = acquire(9);
        assertThat(pools.nativeBytes()).isEqualTo(3 * BLOCK);
        held.subList(1, 9).forEach(vectors::release);
        vectors.close();
        assertThat(held.get(0).get(0)).isZero();
        held.get(0).set(0, 42);
        assertThat(held.get(0).get(0)).isEqualTo(42);
        assertThat(pools.nativeBytes()).isBetween(BLOCK, 2 * BLOCK);
        vectors.release(held.get(0));
        assertThat(pools.nativeBytes()).isZero();
    }

    @Test
    void close_freedMemoryIsMeasuredIndependently() {
        assumeTrue(NativeBytes.areKnown(), "nobody counts native memory here");
        long vector = 64L << 20;
        long before = NativeBytes.inUse();
        ObjectPool<FloatVector> large = pools.open("large", new VectorAllocator((int) (vector / 4)));
        List<FloatVector> held =
                IntStream.range(0, 5).mapToObj(i -> large.acquire()).toList();
        held.forEach(SlabTest::touch);
        assertThat(NativeBytes.inUse() - before).isGreaterThan(4 * vector);
        held.subList(1, 5).forEach(large::release);
        pools.close();
        assertThat(NativeBytes.inUse() - before).isBetween(vector / 2, 5 * vector / 2);
        large.release(held.get(0));
        assertThat(NativeBytes.inUse() - before).isLessThan(vector / 2);
        assertThat(pools.nativeBytes()).isZero();
    }

    @Test
    void trim_freesEveryEmptyBlock() {
        List<FloatVector> held = acquire(20);
        held.subList(1, 20).forEach(vectors::release);
        assertThat(pools.trim()).isEqualTo(19);
        assertThat(pools.nativeBytes()).isEqualTo(BLOCK);
        vectors.release(held.get(0));
    }

    @Test
    void reconfigure_smallerBoundFreesBlocks() {
        acquire(40).forEach(vectors::release);
        assertThat(pools.nativeBytes()).isEqualTo(10 * BLOCK);
        pools.reconfigure(QuietSlab.settings("blockSize", String.valueOf(BLOCK), "maxSize", "4"));
        assertThat(vectors.metrics().idle()).isEqualTo(4);
        assertThat(pools.nativeBytes()).isLessThanOrEqualTo(5 * BLOCK);
        pools.trim();
        assertThat(pools.nativeBytes()).isZero();
    }

    @Test
    void memoryLimit_failsClearlyAndCostsNoCapacity() {
        try (SlabPools limited = open("memoryLimit", String.valueOf(2 * BLOCK))) {
            ObjectPool<FloatVector> few = limited.open("few", new VectorAllocator(DIMENSION));
            List<FloatVector> held =
                    IntStream.range(0, 8).mapToObj(i -> few.acquire()).toList();
            assertThatExceptionOfType(AllocationException.class)
                    .isThrownBy(few::acquire)
                    .withMessageContaining("pool few")
                    .withMessageContaining("raise memoryLimit");
            few.release(held.get(0));
            assertThat(few.<Float>use(vector -> vector.get(0))).isZero();
            held.subList(1, 8).forEach(few::release);
            assertThat(few.metrics().inUse()).isZero();
            limited.reconfigure(QuietSlab.settings());
            IntStream.range(0, 9).mapToObj(i -> few.acquire()).toList().forEach(few::release);
        }
    }

    @Test
    void leak_costsNoCapacityAndKeepsMemoryOfReachableBuffers() {
        try (SlabPools strict = open("whenExhausted", "fail")) {
            strict.reconfigure(
                    QuietSlab.settings("blockSize", String.valueOf(BLOCK), "whenExhausted", "fail", "maxSize", "1"));
            ObjectPool<FloatVector> single = strict.open("single", new VectorAllocator(DIMENSION));
            FloatBuffer kept = leakOneKeepingItsBuffer(single);
            await().ignoreException(PoolExhaustedException.class)
                    .atMost(Patience.limit())
                    .pollInterval(Duration.ofMillis(5))
                    .untilAsserted(() -> {
                        System.gc();
                        single.run(next -> {
                            next.set(7, -1);
                            assertThat(kept.get(7)).isEqualTo(42);
                        });
                    });
            assertThat(single.metrics().leaked()).isEqualTo(1);
            strict.trim();
            for (int i = 0; i < 3; i++) {
                System.gc();
                assertThat(kept.get(7)).isEqualTo(42);
            }
        }
    }

    private static FloatBuffer leakOneKeepingItsBuffer(ObjectPool<FloatVector> pool) {
        FloatVector leaked = pool.acquire();
        leaked.set(7, 42);
        return leaked.buffer();
    }

    @Test
    void acquireAndRelease_allocateNothing() {
        float[] embedding = new float[DIMENSION];
        cycle(embedding, 20_000);
        long least = Long.MAX_VALUE; // the minimum of several rounds: the compiler may still be active in the first
        for (int round = 0; round < 5; round++) {
            long before = allocatedBytes();
            cycle(embedding, 100_000);
            least = Math.min(least, allocatedBytes() - before);
        }
        assertThat(least).as("bytes in 100,000 cycles").isLessThan(10_000);
    }

    private void cycle(float[] embedding, int times) {
        for (int i = 0; i < times; i++) {
            FloatVector vector = vectors.acquire();
            vector.copyFrom(embedding);
            vector.set(1, vector.get(0));
            if (vector.buffer().remaining() != DIMENSION || vector.address() == 0) {
                throw new AssertionError("not a vector");
            }
            vectors.release(vector);
        }
    }

    private static long allocatedBytes() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void concurrency_borrowersNeverShareMemory() throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> users = new ArrayList<>();
        for (int user = 1; user <= 6; user++) {
            float mark = user;
            users.add(new Thread(() -> {
                try {
                    for (int i = 0; i < 3_000; i++) {
                        holdAndCheck(mark);
                    }
                } catch (Throwable failed) {
                    failure.set(failed);
                }
            }));
        }
        users.forEach(Thread::start);
        for (int i = 0; i < 100; i++) {
            pools.reconfigure(
                    QuietSlab.settings("blockSize", String.valueOf(BLOCK), "maxSize", String.valueOf(1 + i % 8)));
            pools.trim();
            vectors.cleanUp();
        }
        for (Thread user : users) {
            user.join();
        }
        assertThat(failure.get()).isNull();
        assertThat(vectors.metrics().inUse()).isZero();
        pools.close();
        assertThat(pools.nativeBytes()).isZero();
    }

    private void holdAndCheck(float mark) {
        FloatVector vector = vectors.acquire();
        for (int i = 0; i < DIMENSION; i += 111) {
            assertThat(vector.get(i)).isZero();
            vector.set(i, mark);
        }
        Thread.onSpinWait();
        for (int i = 0; i < DIMENSION; i += 111) {
            assertThat(vector.get(i)).isEqualTo(mark);
        }
        if (ThreadLocalRandom.current().nextInt(4) == 0) {
            vectors.discard(vector);
        } else {
            vectors.release(vector);
        }
    }

    @Test
    void open_poolsOtherObjectsAsUsual() {
        ObjectPool<StringBuilder> builders = pools.open("builders", new Allocator<>() {
            @Override
            public StringBuilder allocate() {
                return new StringBuilder();
            }

            @Override
            public void reset(StringBuilder builder) {
                builder.setLength(0);
            }
        });
        StringBuilder builder = builders.acquire();
        builders.release(builder);
        assertThat(builders.acquire()).isSameAs(builder);
        assertThat(pools.nativeBytes()).isZero();
        assertThat(pools.metrics().pools()).containsOnlyKeys("vectors", "builders");
    }

    @Test
    void acquire_withoutNativeMemoryFailsClearly() throws Exception {
        assumeTrue(Runtime.version().feature() < ForeignMemory.SINCE, "this JVM does not limit native memory");
        Process child = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:MaxDirectMemorySize=4m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Exhausting.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(output).isZero();
        assertThat(output).contains("-XX:MaxDirectMemorySize").containsPattern("vectors: [34]\\b");
    }

    /** Acquires native memory until there is none left, and continues after a release. */
    static final class Exhausting {
        private Exhausting() {}

        public static void main(String[] arguments) {
            try (SlabPools pools =
                    new SlabPools(QuietSlab.settings("maxSize", "100"), ComponentContext.standalone("exhausting"))) {
                ObjectPool<FloatVector> pool = pools.open("large", new VectorAllocator((1 << 18) - 32));
                List<FloatVector> held = new ArrayList<>();
                try {
                    while (held.size() < 100) {
                        held.add(pool.acquire());
                    }
                } catch (AllocationException exhausted) {
                    System.out.println(exhausted.getMessage());
                }
                System.out.println("vectors: " + held.size());
                pool.release(held.remove(0));
                pool.run(vector -> vector.set(0, 1));
            }
        }
    }

    @Test
    void nullArguments_areRefused() {
        assertThatNullPointerException().isThrownBy(() -> pools.open(null, new VectorAllocator(1)));
        assertThatNullPointerException().isThrownBy(() -> pools.open("x", null));
        assertThatNullPointerException().isThrownBy(() -> pools.reconfigure(null));
    }

    private List<FloatVector> acquire(int count) {
        return IntStream.range(0, count).mapToObj(i -> vectors.acquire()).toList();
    }
}
