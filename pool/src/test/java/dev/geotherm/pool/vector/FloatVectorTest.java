package dev.geotherm.pool.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Vectors on the heap, and common properties of all vectors. */
final class FloatVectorTest {
    private final VectorAllocator allocator = new VectorAllocator(3);
    private final FloatVector vector = allocator.allocate();

    @Test
    void constructor_vectorContainsZeros() {
        assertThat(contents()).containsExactly(0, 0, 0);
        assertThat(vector.dimension()).isEqualTo(3);
        assertThat(allocator.dimension()).isEqualTo(3);
        assertThat(allocator.sizeInBytes(vector)).isEqualTo(12);
    }

    @Test
    void set_isReadBack() {
        vector.copyFrom(new float[] {1, 2, 3});
        vector.set(1, Float.NaN);
        assertThat(vector.get(0)).isEqualTo(1);
        assertThat(contents()).containsExactly(1, Float.NaN, 3);
    }

    @Test
    void buffer_sharesTheNumbers() {
        vector.copyFrom(new float[] {1, 2, 3});
        FloatBuffer buffer = vector.buffer();
        assertThat(buffer.order()).isEqualTo(ByteOrder.nativeOrder());
        assertThat(buffer.get()).isEqualTo(1);
        buffer.put(9);
        assertThat(vector.get(1)).isEqualTo(9);
        vector.set(2, 7);
        assertThat(buffer.get()).isEqualTo(7);
        assertThat(vector.buffer().remaining()).isEqualTo(3);
    }

    @Test
    void buffer_positionAndLimitAreReset() {
        vector.buffer().position(1).limit(2);
        vector.copyFrom(new float[] {1, 2, 3});
        assertThat(contents()).containsExactly(1, 2, 3);
    }

    @Test
    void copy_arrayOfAnotherLengthIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> vector.copyFrom(new float[4]))
                .withMessage("an array of 4 numbers does not fit a vector of 3");
        assertThatIllegalArgumentException().isThrownBy(() -> vector.copyTo(new float[2]));
    }

    @Test
    void get_indexOutOfBoundsIsRefused() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> vector.get(3));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> vector.set(-1, 1));
    }

    @Test
    void address_onTheHeapIsRefused() {
        assertThat(vector.isNative()).isFalse();
        assertThat(vector.buffer().isDirect()).isFalse();
        assertThat(vector).hasToString("3 numbers on the heap");
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(vector::address)
                .withMessageContaining("on the heap");
    }

    @Test
    void release_revokesTheLastBorrower() {
        FloatBuffer kept = vector.buffer();
        allocator.reset(vector);
        assertEveryUseIsRefused();
        assertThatExceptionOfType(BufferUnderflowException.class).isThrownBy(kept::get);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> kept.put(0, 1));
    }

    @Test
    void acquire_nextBorrowerFindsZeros() {
        vector.copyFrom(new float[] {1, 2, 3});
        allocator.reset(vector);
        assertThat(allocator.validate(vector)).isTrue();
        assertThat(contents()).containsExactly(0, 0, 0);
        assertThat(vector.buffer().remaining()).isEqualTo(3);
    }

    @Test
    void deallocate_revokesEveryUse() {
        allocator.deallocate(vector);
        assertEveryUseIsRefused();
    }

    @Test
    void constructor_requiresAWritableBufferInNativeOrder() {
        ByteOrder foreign =
                ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        List<ThrowingCallable> wrong = List.of(
                () -> new Custom(FloatBuffer.allocate(0), 0),
                () -> new Custom(FloatBuffer.allocate(1).asReadOnlyBuffer(), 0),
                () -> new Custom(ByteBuffer.allocateDirect(4).order(foreign).asFloatBuffer(), 64),
                () -> new Custom(FloatBuffer.allocate(1), 64),
                () -> new Custom(
                        ByteBuffer.allocateDirect(4)
                                .order(ByteOrder.nativeOrder())
                                .asFloatBuffer(),
                        0));
        wrong.forEach(creation -> assertThatIllegalArgumentException().isThrownBy(creation));
    }

    @Test
    void allocator_invalidDimensionIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new VectorAllocator(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VectorAllocator(VectorAllocator.MAX_DIMENSION + 1))
                .withMessageContaining("268435457");
    }

    private void assertEveryUseIsRefused() {
        List<ThrowingCallable> uses = List.of(
                () -> vector.get(0),
                () -> vector.set(0, 1),
                () -> vector.copyFrom(new float[3]),
                () -> vector.copyTo(new float[3]),
                vector::buffer,
                vector::address);
        uses.forEach(use -> assertThatIllegalStateException().isThrownBy(use).withMessageContaining("released"));
    }

    private float[] contents() {
        float[] numbers = new float[3];
        vector.copyTo(numbers);
        return numbers;
    }

    /** A vector of a custom pool. */
    private static final class Custom extends FloatVector {
        Custom(FloatBuffer numbers, long address) {
            super(numbers, address);
        }
    }
}
