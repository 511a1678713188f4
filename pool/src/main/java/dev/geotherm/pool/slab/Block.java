package dev.geotherm.pool.slab;

import dev.geotherm.pool.slab.memory.NativeMemory.Region;
import java.lang.ref.Cleaner;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A block of native memory, divided into places of equal size for vectors of one dimension; guarded by the monitor of
 * its slab.
 *
 * <p>The place of a leaked vector is never reused, because a buffer over it may still be in use. A block with such a
 * place is freed only when no buffer over it is reachable.
 */
final class Block {
    /**
     * Its thread does not come from a component context, because blocks can outlive their component. The JDK creates
     * it; it refers to no class loader of a caller and ends when this class is unloaded.
     */
    private static final Cleaner CLEANER = Cleaner.create();

    private static final float[] ZEROS = new float[1024];

    private final Region memory;
    private final int placeBytes;
    private final Cleaner.Cleanable remains;
    private final @Nullable Place[] places;
    private int live;
    private boolean tainted;

    /** A place in use; enqueued when its vector leaked. */
    static final class Place extends PhantomReference<SlabVector> {
        private final Block block;

        Place(SlabVector vector, ReferenceQueue<SlabVector> leaked) {
            super(vector, leaked);
            this.block = vector.block();
        }

        Block block() {
            return block;
        }
    }

    /**
     * Divides memory into places.
     *
     * @param whenFreed runs after the memory was freed, explicitly or by the collector; must not refer to the block or
     *     its slab, which would keep the memory reachable
     */
    Block(Region memory, int placeBytes, Runnable whenFreed) {
        this.memory = memory;
        this.placeBytes = placeBytes;
        this.places = new Place[memory.bytes().capacity() / placeBytes];
        Runnable collected = memory.collected();
        this.remains = CLEANER.register(memory.bytes(), () -> {
            collected.run();
            whenFreed.run();
        });
    }

    /** Creates a vector of zeros in a free place; returns null if the block is full. */
    @Nullable
    SlabVector take(int dimension, ReferenceQueue<SlabVector> leaked) {
        for (int i = 0; i < places.length; i++) {
            if (places[i] == null) {
                SlabVector vector =
                        new SlabVector(numbers(i, dimension), memory.address() + (long) i * placeBytes, this, i);
                places[i] = new Place(vector, leaked);
                live++;
                return vector;
            }
        }
        return null;
    }

    private FloatBuffer numbers(int place, int dimension) {
        return memory.bytes()
                .slice(place * placeBytes, dimension * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /** Overwrites a vector with zeros and frees its place. */
    void release(SlabVector vector) {
        Place place = places[vector.place()];
        if (place == null || !place.refersTo(vector)) {
            throw new IllegalStateException("the vector has no place here: " + vector);
        }
        FloatBuffer numbers = numbers(vector.place(), vector.dimension());
        while (numbers.hasRemaining()) {
            numbers.put(ZEROS, 0, Math.min(ZEROS.length, numbers.remaining()));
        }
        place.clear(); // last: if a step before it fails, the place counts as leaked once the vector is collected
        places[vector.place()] = null;
        live--;
    }

    /** Records that the vector of a place leaked. */
    void leaked() {
        live--;
        tainted = true;
    }

    boolean isEmpty() {
        return live == 0;
    }

    /** Returns whether a vector leaked here. */
    boolean isTainted() {
        return tainted;
    }

    /**
     * Frees the memory of an empty block: immediately if that is safe, otherwise once no buffer over it is reachable.
     */
    void free() {
        if (!tainted && memory.free().getAsBoolean()) {
            remains.clean();
        }
    }
}
