package dev.geotherm.pool.slab;

import dev.geotherm.pool.vector.FloatVector;
import java.nio.FloatBuffer;

/** A vector in a block of native memory. */
final class SlabVector extends FloatVector {
    private final Block block;
    private final int place;

    SlabVector(FloatBuffer numbers, long address, Block block, int place) {
        super(numbers, address);
        this.block = block;
        this.place = place;
    }

    Block block() {
        return block;
    }

    int place() {
        return place;
    }
}
