package dev.geotherm.pool.slab;

import dev.geotherm.api.pool.Allocator;
import dev.geotherm.pool.vector.FloatVector;
import dev.geotherm.pool.vector.VectorAllocator;

/** An allocator of vectors in a slab; it delegates everything else to the allocator of the pool. */
final class SlabAllocator implements Allocator<FloatVector> {
    private final VectorAllocator kind;
    private final Slab slab;

    SlabAllocator(VectorAllocator kind, Slab slab) {
        this.kind = kind;
        this.slab = slab;
    }

    @Override
    public FloatVector allocate() {
        return slab.take();
    }

    @Override
    public void reset(FloatVector vector) {
        kind.reset(vector);
    }

    @Override
    public boolean validate(FloatVector vector) {
        return kind.validate(vector);
    }

    @Override
    public void deallocate(FloatVector vector) {
        kind.deallocate(vector);
        slab.release(vector);
    }

    @Override
    public long sizeInBytes(FloatVector vector) {
        return kind.sizeInBytes(vector);
    }
}
