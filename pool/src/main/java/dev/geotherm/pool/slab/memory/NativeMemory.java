package dev.geotherm.pool.slab.memory;

import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/** A source of native memory. */
public interface NativeMemory {
    /** Vectors start at a multiple of it: a cache line, and as wide as the widest vector register. */
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
     * @param bytes all of it, in native byte order, aligned; every buffer made of it keeps it reachable
     * @param address where it starts
     * @param free frees it at once; returns false, and does not, while the JDK sees that a call uses it; idempotent
     * @param collected frees it when {@code bytes} is no longer reachable; does not hold {@code bytes}; idempotent
     */
    record Region(ByteBuffer bytes, long address, BooleanSupplier free, Runnable collected) {}

    /** Returns the best source that this JDK has. */
    static NativeMemory ofThisJdk() {
        return Runtime.version().feature() >= ForeignMemory.SINCE ? new ForeignMemory() : new DirectMemory();
    }
}
