package dev.geotherm.pool.striped;

import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import java.util.ArrayList;
import java.util.List;

/** An allocator of buffers of nearly one MiB, which need no disposal. */
class BuffersAllocator implements Allocator<byte[]> {
    static final int SIZE = (1 << 20) - 64; // with its header, one region of G1

    @Override
    public byte[] allocate() {
        return new byte[SIZE];
    }

    @Override
    public void reset(byte[] object) {
        object[0] = 0;
    }

    /** Fills a pool with the given number of idle buffers. */
    static void fill(ObjectPool<byte[]> pool, int count) {
        List<byte[]> held = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            held.add(pool.acquire());
        }
        held.forEach(pool::release);
    }
}
