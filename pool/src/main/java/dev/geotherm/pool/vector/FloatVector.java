package dev.geotherm.pool.vector;

import dev.geotherm.api.pool.PoolableObject;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A pooled vector of single-precision numbers: in native memory if the pool supports that, otherwise on the heap.
 *
 * <p>A pool opened with a {@link VectorAllocator} lends them. Code written against this type runs with every pool;
 * {@link #isNative} says whether native code can read a vector in place.
 *
 * <p>A vector has one borrower at a time and is not thread-safe. After its release, every method except
 * {@link #dimension} and {@link #toString} throws {@link IllegalStateException}, and the buffer that {@link #buffer}
 * returned is empty, until the vector is acquired again. This detects most mistakes, but not all: copies of that buffer
 * ({@code duplicate}, {@code slice}) and the address are not guarded. If you use one of these, keep the vector
 * reachable, and stop using it after the release.
 */
public class FloatVector extends PoolableObject {
    private static final float[] ZEROS = new float[1024];

    private final int dimension;
    private final long address;
    private final FloatBuffer numbers;
    private final FloatBuffer view;

    /** Deliberately not volatile: the pool publishes it together with the vector. */
    private boolean held = true;

    /**
     * Creates a vector over all numbers of a buffer.
     *
     * @param numbers the numbers, in native byte order
     * @param address the address of the first number in native memory; 0 if it is on the heap
     * @throws IllegalArgumentException if the buffer is empty, read-only or in another byte order, or if an address is
     *     given for a buffer on the heap
     */
    protected FloatVector(FloatBuffer numbers, long address) {
        if (numbers.capacity() == 0 || numbers.isReadOnly() || numbers.order() != ByteOrder.nativeOrder()) {
            throw new IllegalArgumentException(
                    "the numbers must be in a writable buffer in native byte order, not in " + numbers);
        }
        if (numbers.isDirect() != (address != 0)) {
            throw new IllegalArgumentException("an address requires a direct buffer, was " + numbers);
        }
        this.dimension = numbers.capacity();
        this.address = address;
        this.numbers = numbers.duplicate().clear();
        this.view = numbers.duplicate().clear();
    }

    FloatVector(int dimension) {
        this(FloatBuffer.wrap(new float[dimension]), 0);
    }

    /** Returns the number of elements. */
    public final int dimension() {
        return dimension;
    }

    /**
     * Returns a number.
     *
     * @throws IndexOutOfBoundsException if the index is negative or not below the dimension
     */
    public final float get(int index) {
        return numbers().get(index);
    }

    /**
     * Sets a number.
     *
     * @throws IndexOutOfBoundsException if the index is negative or not below the dimension
     */
    public final void set(int index, float value) {
        numbers().put(index, value);
    }

    /**
     * Sets all numbers.
     *
     * @throws IllegalArgumentException if the array's length is not the dimension
     */
    public final void copyFrom(float[] source) {
        requireDimension(source);
        numbers().put(0, source);
    }

    /**
     * Writes all numbers into an array.
     *
     * @throws IllegalArgumentException if the array's length is not the dimension
     */
    public final void copyTo(float[] target) {
        requireDimension(target);
        numbers().get(0, target);
    }

    /**
     * Returns a buffer over all numbers of this vector, in native byte order; direct if the vector is native.
     *
     * <p>It is always the same buffer, with its position and limit reset, so nothing is allocated.
     */
    public final FloatBuffer buffer() {
        requireHeld();
        return view.clear();
    }

    /** Returns whether the numbers are in native memory. */
    public final boolean isNative() {
        return address != 0;
    }

    /**
     * Returns the address of the first number in native memory, a multiple of 64; the others follow without gaps.
     *
     * @throws UnsupportedOperationException if the vector is not native
     */
    public final long address() {
        requireHeld();
        if (address == 0) {
            throw new UnsupportedOperationException(
                    "this vector is on the heap and has no address: choose pools that keep vectors in native memory");
        }
        return address;
    }

    @Override
    public final String toString() {
        return dimension + (isNative() ? " numbers in native memory" : " numbers on the heap");
    }

    /** Sets all numbers to 0, between two borrowers. */
    final void clear() {
        for (int i = 0; i < dimension; i += ZEROS.length) {
            numbers.put(i, ZEROS, 0, Math.min(ZEROS.length, dimension - i));
        }
    }

    final void retire() {
        held = false;
        view.limit(0);
    }

    final void revive() {
        held = true;
    }

    private FloatBuffer numbers() {
        requireHeld();
        return numbers;
    }

    private void requireHeld() {
        if (!held) {
            throw new IllegalStateException("this vector was released to its pool: acquire another one there");
        }
    }

    private void requireDimension(float[] array) {
        if (array.length != dimension) {
            throw new IllegalArgumentException(
                    "an array of " + array.length + " numbers does not fit a vector of " + dimension);
        }
    }
}
