package dev.geotherm.pool.slab;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.DataSize;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.StackRoom;
import dev.geotherm.pool.slab.memory.NativeMemory;
import dev.geotherm.pool.slab.memory.NativeMemory.Region;
import dev.geotherm.pool.vector.FloatVector;
import dev.geotherm.pool.vector.VectorAllocator;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;

/**
 * A slab: the blocks of native memory of one pool of vectors.
 *
 * <p>Vectors are taken from the oldest block with a free place, so that younger ones become empty. An empty block is
 * freed, except for one that is kept while another one is in use: otherwise a pool with a size that varies around a
 * multiple of the block size would repeatedly allocate and free a block.
 *
 * <p>Used only when vectors are allocated and deallocated, not on each acquisition and release, so one monitor is
 * enough. Each operation first checks that there is enough stack to complete it.
 */
final class Slab {
    /** The stack space for operations under the monitor, which a stack overflow must not interrupt. */
    private static final int STACK_KILOBYTES = 16;

    private final VectorAllocator kind;
    private final NativeMemory memory;
    private final MemoryBudget budget;
    private final int placeBytes;
    private final int blockBytes;

    private final ReferenceQueue<SlabVector> leaked = new ReferenceQueue<>();
    private final List<Block> blocks = new ArrayList<>();

    /** Creates a slab without blocks. Each block has the given size, or the size of one vector if that is larger. */
    Slab(VectorAllocator kind, DataSize blockSize, NativeMemory memory, MemoryBudget budget) {
        this.kind = kind;
        this.memory = memory;
        this.budget = budget;
        this.placeBytes = roundUp(kind.dimension() * Float.BYTES);
        this.blockBytes = (int) Math.max(1, blockSize.bytes() / placeBytes) * placeBytes;
    }

    private static int roundUp(int bytes) {
        return Math.addExact(bytes, NativeMemory.ALIGNMENT - 1) & -NativeMemory.ALIGNMENT;
    }

    /**
     * Creates a vector of zeros.
     *
     * @throws GeothermException if there is no native memory for it
     */
    SlabVector take() {
        StackRoom.require(STACK_KILOBYTES);
        synchronized (this) {
            collectLeaked();
            for (Block block : blocks) {
                SlabVector vector = block.take(kind.dimension(), leaked);
                if (vector != null) {
                    return vector;
                }
            }
            Block block = newBlock();
            blocks.add(block);
            return requireNonNull(block.take(kind.dimension(), leaked), "a new block has room");
        }
    }

    private Block newBlock() {
        budget.take(blockBytes);
        try {
            Region region = memory.allocate(blockBytes);
            try {
                return new Block(region, placeBytes, budget.releaseAction(blockBytes));
            } catch (Throwable failed) {
                region.collected().run();
                throw failed;
            }
        } catch (OutOfMemoryError exhausted) {
            budget.release(blockBytes);
            throw new GeothermException(
                    "the JVM has no native memory for a block of " + new DataSize(blockBytes) + " ("
                            + exhausted.getMessage()
                            + "): give the process more, before JDK 22 by -XX:MaxDirectMemorySize, or lower maxSize or memoryLimit",
                    exhausted);
        } catch (Throwable failed) {
            budget.release(blockBytes);
            throw failed;
        }
    }

    /** Frees the place of a vector. */
    void release(FloatVector vector) {
        if (!(vector instanceof SlabVector ours)) {
            throw new IllegalArgumentException("not a vector of this slab: " + vector);
        }
        StackRoom.require(STACK_KILOBYTES);
        synchronized (this) {
            collectLeaked();
            ours.block().release(ours);
            if (ours.block().isEmpty()) {
                freeEmpty(1);
            }
        }
    }

    /** Frees every empty block. */
    void trim() {
        StackRoom.require(STACK_KILOBYTES);
        synchronized (this) {
            collectLeaked();
            freeEmpty(0);
        }
    }

    private void collectLeaked() {
        boolean emptied = false;
        for (Reference<?> found = leaked.poll(); found != null; found = leaked.poll()) {
            Block block = ((Block.Place) found).block();
            block.leaked();
            emptied |= block.isEmpty();
        }
        if (emptied) {
            freeEmpty(1);
        }
    }

    /** Frees empty blocks except the given number, which are kept only if others are in use. */
    private void freeEmpty(int kept) {
        boolean inUse = blocks.stream().anyMatch(block -> !block.isEmpty());
        int spared = inUse ? kept : 0;
        for (Block block : List.copyOf(blocks)) {
            if (block.isEmpty()) {
                if (spared > 0 && !block.isTainted()) {
                    spared--;
                } else {
                    blocks.remove(block);
                    block.free();
                }
            }
        }
    }
}
