package dev.geotherm.pool.slab.memory;

import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/** A source of native memory. */
public interface NativeMemory {
    /** The alignment of vectors: the size of a cache line and of the widest vector register. */
    int ALIGNMENT = 64;

    /**
     * Allocates zeroed memory.
     *
     * @param bytes a multiple of {@link #ALIGNMENT}
     * @throws OutOfMemoryError if there is not enough
     */
    Region allocate(int bytes);

    /**
     * A region of allocated memory.
     *
     * @param bytes the whole region, aligned, in native byte order; every buffer derived from it keeps it reachable
     * @param address its start address
     * @param free frees the region immediately; returns false without freeing it if the JDK detects that a call is
     *     using it; idempotent
     * @param collected frees the region once {@code bytes} is unreachable; does not refer to {@code bytes}; idempotent
     */
    record Region(ByteBuffer bytes, long address, BooleanSupplier free, Runnable collected) {}

    /** Returns the best source on this JDK. */
    static NativeMemory ofThisJdk() {
        return Runtime.version().feature() >= ForeignMemory.SINCE ? new ForeignMemory() : new DirectMemory();
    }
}
