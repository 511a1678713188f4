package dev.geotherm.pool.vector;

import dev.geotherm.api.pool.Allocator;

/**
 * An allocator of vectors of one dimension.
 *
 * <p>Pools that keep vectors in native memory recognise this class and allocate there; in all others it allocates on
 * the heap. Pass it to {@code open} directly, not wrapped in another allocator. New and reset vectors contain only
 * zeros.
 *
 * <p>Thread-safe.
 */
public final class VectorAllocator implements Allocator<FloatVector> {
    /** The largest dimension: 1 GiB per vector. */
    public static final int MAX_DIMENSION = 1 << 28;

    private final int dimension;

    /**
     * Creates an allocator.
     *
     * @param dimension the number of elements of each vector
     * @throws IllegalArgumentException if the dimension is not from 1 to {@link #MAX_DIMENSION}
     */
    public VectorAllocator(int dimension) {
        if (dimension < 1 || dimension > MAX_DIMENSION) {
            throw new IllegalArgumentException(
                    "the dimension must be from 1 to " + MAX_DIMENSION + ", was " + dimension);
        }
        this.dimension = dimension;
    }

    /** Returns the number of elements of each vector. */
    public int dimension() {
        return dimension;
    }

    @Override
    public FloatVector allocate() {
        return new FloatVector(dimension());
    }

    /** Sets all numbers to 0 and revokes the access of the last borrower. */
    @Override
    public void reset(FloatVector vector) {
        vector.clear();
        vector.retire();
    }

    /** Grants access to the next borrower. */
    @Override
    public boolean validate(FloatVector vector) {
        vector.revive();
        return true;
    }

    /** Revokes the access to the vector permanently. */
    @Override
    public void deallocate(FloatVector vector) {
        vector.retire();
    }

    @Override
    public long sizeInBytes(FloatVector vector) {
        return (long) Float.BYTES * vector.dimension();
    }
}
