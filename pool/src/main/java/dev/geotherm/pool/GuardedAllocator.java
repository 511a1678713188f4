package dev.geotherm.pool;

import dev.geotherm.api.pool.Allocator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls an allocator for a pool and keeps its failures from the pool; never called with a lock held. */
final class GuardedAllocator<T> {
    private static final Logger log = LoggerFactory.getLogger(StripedPools.class);

    private final String pool;
    private final Allocator<T> allocator;

    GuardedAllocator(String pool, Allocator<T> allocator) {
        this.pool = pool;
        this.allocator = allocator;
    }

    /** Returns whether objects must be deallocated: whether the allocator has a method of its own for it. */
    boolean disposes() {
        try {
            return allocator.getClass().getMethod("deallocate", Object.class).getDeclaringClass() != Allocator.class;
        } catch (NoSuchMethodException impossible) {
            return true;
        }
    }

    /** Makes an object; the only call that lets a failure through. */
    T allocate() throws Exception {
        T object = allocator.allocate();
        if (object == null) {
            throw new NullPointerException("the allocator returned null");
        }
        return object;
    }

    /** Returns whether the object is as new. */
    boolean reset(T object) {
        try {
            allocator.reset(object);
            return true;
        } catch (Throwable failed) {
            report("reset", failed);
            return false;
        }
    }

    boolean validate(T object) {
        try {
            return allocator.validate(object);
        } catch (Throwable failed) {
            report("validate", failed);
            return false;
        }
    }

    void deallocate(T object) {
        try {
            allocator.deallocate(object);
        } catch (Throwable failed) {
            report("deallocate", failed);
        }
    }

    /** Returns the size, or 0 if the allocator cannot tell. */
    long sizeInBytes(T object) {
        try {
            return Math.max(0, allocator.sizeInBytes(object));
        } catch (Throwable failed) {
            report("measure", failed);
            return 0;
        }
    }

    private void report(String call, Throwable failed) {
        if (failed instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        log.warn("pool {}: the allocator failed to {} an object, which is given up", pool, call, failed);
    }
}
