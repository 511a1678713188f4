package dev.geotherm.pool.slab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.geotherm.api.DataSize;
import dev.geotherm.api.GeothermException;
import dev.geotherm.pool.slab.memory.ForeignMemory;
import dev.geotherm.pool.slab.memory.NativeMemory;
import dev.geotherm.pool.vector.FloatVector;
import dev.geotherm.pool.vector.VectorAllocator;
import dev.geotherm.testkit.Patience;
import dev.geotherm.testkit.RandomCases;
import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Blocks and places, and the actual allocation and freeing of memory. */
final class SlabTest {
    /** The size of a block for four vectors of 1,000 numbers, 4,032 bytes each. */
    private static final DataSize BLOCK = new DataSize(4 * 4_032 + 100);

    /** The dimension of a vector of 64 MiB, far more than any other change of memory use. */
    private static final int LARGE = 1 << 24;

    private final MemoryBudget budget = new MemoryBudget(() -> new DataSize(0));
    private final VectorAllocator kind = new VectorAllocator(1_000);
    private final Slab slab = new Slab(kind, BLOCK, NativeMemory.ofThisJdk(), budget);
    private final SlabAllocator allocator = new SlabAllocator(kind, slab);

    @Test
    void take_vectorsAreNativeAlignedAndDisjoint() {
        List<SlabVector> vectors = take(10);
        Set<Long> addresses = new HashSet<>();
        for (int i = 0; i < vectors.size(); i++) {
            SlabVector vector = vectors.get(i);
            assertThat(vector.isNative()).isTrue();
            assertThat(vector.buffer().isDirect()).isTrue();
            assertThat(vector.address() % NativeMemory.ALIGNMENT).isZero();
            assertThat(addresses.add(vector.address())).isTrue();
            float[] numbers = new float[1_000];
            Arrays.fill(numbers, i + 1);
            vector.copyFrom(numbers);
        }
        for (int i = 0; i < vectors.size(); i++) {
            assertThat(vectors.get(i).get(0)).isEqualTo(i + 1);
            assertThat(vectors.get(i).get(999)).isEqualTo(i + 1);
        }
        vectors.forEach(allocator::deallocate);
    }

    @Test
    void release_lastVectorFreesItsBlock() {
        List<SlabVector> vectors = take(5);
        assertThat(budget.taken()).isEqualTo(2 * 4 * 4_032);
        vectors.forEach(allocator::deallocate);
        assertThat(budget.taken()).isZero();
    }

    @Test
    void memory_isMeasuredIndependently() {
        assumeTrue(NativeBytes.areKnown(), "nobody counts native memory here");
        long before = NativeBytes.inUse();
        VectorAllocator large = new VectorAllocator(LARGE);
        SlabAllocator of = new SlabAllocator(large, new Slab(large, BLOCK, NativeMemory.ofThisJdk(), budget));
        var vectors = IntStream.range(0, 5).mapToObj(i -> of.allocate()).toList();
        vectors.forEach(SlabTest::touch);
        assertThat(NativeBytes.inUse() - before).isCloseTo(5L * 4 * LARGE, within((long) LARGE));
        vectors.forEach(of::deallocate);
        assertThat(NativeBytes.inUse()).isCloseTo(before, within((long) LARGE));
    }

    /** Writes to every page, so that the operating system allocates it. */
    static void touch(FloatVector vector) {
        for (int i = 0; i < vector.dimension(); i += 512) {
            vector.set(i, 1);
        }
    }

    @Test
    void take_largeVectorGetsItsOwnBlock() {
        VectorAllocator large = new VectorAllocator(1_000_000);
        SlabAllocator of = new SlabAllocator(large, new Slab(large, BLOCK, NativeMemory.ofThisJdk(), budget));
        var first = of.allocate();
        var second = of.allocate();
        assertThat(budget.taken()).isEqualTo(2 * 4_000_000);
        first.set(999_999, 1);
        assertThat(second.get(999_999)).isZero();
        of.deallocate(first);
        of.deallocate(second);
        assertThat(budget.taken()).isZero();
    }

    @Test
    void take_reusedPlaceContainsZeros() {
        SlabVector first = take(1).get(0);
        SlabVector other = take(1).get(0);
        long address = first.address();
        first.set(7, 42);
        allocator.deallocate(first);
        SlabVector again = take(1).get(0);
        assertThat(again.address()).isEqualTo(address);
        assertThat(again.get(7)).isZero();
        allocator.deallocate(again);
        allocator.deallocate(other);
    }

    @Test
    void release_keepsOneEmptyBlockWhileAnotherIsInUse() {
        List<SlabVector> vectors = take(12);
        vectors.subList(1, 12).forEach(allocator::deallocate);
        assertThat(budget.taken()).isEqualTo(2 * 4 * 4_032);
        slab.trim();
        assertThat(budget.taken()).isEqualTo(4 * 4_032);
        assertThat(vectors.get(0).get(0)).isZero();
        allocator.deallocate(vectors.get(0));
        assertThat(budget.taken()).isZero();
    }

    @Test
    void vector_withFreedMemoryIsRefused() {
        SlabVector vector = take(1).get(0);
        FloatBuffer kept = vector.buffer();
        allocator.deallocate(vector);
        assertThatIllegalStateException().isThrownBy(() -> vector.get(0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> kept.get(0));
    }

    @Test
    void buffer_copyWithFreedMemoryIsRefused() {
        assumeTrue(Runtime.version().feature() >= ForeignMemory.SINCE, "this JDK does not watch over buffers");
        SlabVector vector = take(1).get(0);
        FloatBuffer copy = vector.buffer().duplicate();
        allocator.deallocate(vector);
        assertThatIllegalStateException().isThrownBy(() -> copy.get(0));
    }

    @Test
    void release_twiceIsRefused() {
        List<SlabVector> vectors = take(2);
        allocator.deallocate(vectors.get(0));
        assertThatIllegalStateException().isThrownBy(() -> allocator.deallocate(vectors.get(0)));
        allocator.deallocate(vectors.get(1));
    }

    @Test
    void leak_memoryIsKeptWhileABufferIsReachable() {
        List<SlabVector> others = take(3);
        FloatBuffer kept = leakOneKeepingItsBuffer();
        others.forEach(allocator::deallocate);
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(5)).untilAsserted(() -> {
            // the block is abandoned once the leak is detected, and a new one is allocated
            System.gc();
            SlabVector next = take(1).get(0);
            long taken = budget.taken();
            allocator.deallocate(next); // before any assertion fails, so that this vector does not leak, too
            assertThat(taken).isEqualTo(2 * 4 * 4_032);
        });
        for (int i = 0; i < 5; i++) {
            System.gc();
            assertThat(kept.get(999)).isEqualTo(42);
            kept.put(999, 42);
        }
        assertThat(budget.taken()).isEqualTo(4 * 4_032);
    }

    @Test
    void leak_memoryIsFreedOnceNoBufferIsReachable() {
        assumeTrue(NativeBytes.areKnown(), "nobody counts native memory here");
        long before = NativeBytes.inUse();
        VectorAllocator large = new VectorAllocator(4 * LARGE);
        Slab of = new Slab(large, BLOCK, NativeMemory.ofThisJdk(), budget);
        touch(of.take()); // and it leaks
        assertThat(NativeBytes.inUse() - before).isGreaterThan(15L * LARGE);
        await().atMost(Patience.limit()).pollInterval(Duration.ofMillis(5)).untilAsserted(() -> {
            System.gc();
            of.trim();
            assertThat(budget.taken()).isZero();
            assertThat(NativeBytes.inUse() - before).isLessThan(4L * LARGE);
        });
    }

    @Test
    void leak_placeIsNotReused() {
        List<SlabVector> others = take(3);
        FloatBuffer kept = leakOneKeepingItsBuffer();
        List<SlabVector> more = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            System.gc();
            more.addAll(take(1));
            more.get(i).set(999, -1);
        }
        assertThat(kept.get(999)).isEqualTo(42);
        others.forEach(allocator::deallocate);
        more.forEach(allocator::deallocate);
    }

    private FloatBuffer leakOneKeepingItsBuffer() {
        SlabVector leaked = take(1).get(0);
        leaked.set(999, 42);
        return leaked.buffer();
    }

    @Test
    void take_beyondTheLimitIsRefusedWithItsName() {
        MemoryBudget small = new MemoryBudget(() -> new DataSize(2 * 4 * 4_032));
        SlabAllocator limited = new SlabAllocator(kind, new Slab(kind, BLOCK, NativeMemory.ofThisJdk(), small));
        var vectors = IntStream.range(0, 8).mapToObj(i -> limited.allocate()).toList();
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(limited::allocate)
                .withMessageContaining("memoryLimit=32256B")
                .withMessageContaining("raise memoryLimit");
        assertThat(small.taken()).isEqualTo(2 * 4 * 4_032);
        limited.deallocate(vectors.get(0));
        var again = limited.allocate();
        vectors.subList(1, 8).forEach(limited::deallocate);
        limited.deallocate(again);
        assertThat(small.taken()).isZero();
    }

    @Test
    void take_withoutNativeMemoryFailsClearlyAndCostsNothing() {
        NativeMemory exhausted = bytes -> {
            throw new OutOfMemoryError("planted");
        };
        Slab starved = new Slab(kind, BLOCK, exhausted, budget);
        assertThatExceptionOfType(GeothermException.class)
                .isThrownBy(starved::take)
                .withMessageContaining("planted")
                .withMessageContaining("-XX:MaxDirectMemorySize");
        assertThat(budget.taken()).isZero();
    }

    @Test
    void takeAndRelease_everyVectorKeepsItsNumbers() {
        RandomCases.run(20, random -> {
            List<SlabVector> held = new ArrayList<>();
            List<Float> numbers = new ArrayList<>();
            for (int step = 0; step < 300; step++) {
                if (held.isEmpty() || random.nextInt(5) < 3) {
                    SlabVector vector = take(1).get(0);
                    assertThat(vector.get(0)).isZero();
                    assertThat(vector.get(999)).isZero();
                    float number = random.nextFloat();
                    vector.set(0, number);
                    vector.set(999, number);
                    held.add(vector);
                    numbers.add(number);
                } else {
                    int which = random.nextInt(held.size());
                    SlabVector vector = held.remove(which);
                    assertThat(vector.get(0)).isEqualTo(numbers.get(which));
                    assertThat(vector.get(999)).isEqualTo(numbers.remove(which));
                    allocator.deallocate(vector);
                }
                assertThat(budget.taken()).isGreaterThanOrEqualTo(held.size() * 4_032L);
            }
            held.forEach(allocator::deallocate);
            assertThat(budget.taken()).isZero();
        });
    }

    private List<SlabVector> take(int count) {
        return IntStream.range(0, count).mapToObj(i -> slab.take()).toList();
    }
}
