package dev.geotherm.pool.allocator;

import dev.geotherm.api.pool.Allocator;
import dev.geotherm.pool.allocator.AllocatorFailureLog.Call;
import java.util.concurrent.atomic.LongAdder;

/**
 * A wrapper of an allocator that counts and logs its failures and hides them from the pool; never called with a lock
 * held.
 */
public final class GuardedAllocator<T> {
    private final Allocator<T> allocator;
    private final LongAdder failures;
    private final AllocatorFailureLog reports;

    /** Creates a wrapper that counts failed resets and validations in {@code failures}. */
    public GuardedAllocator(String pool, Allocator<T> allocator, LongAdder failures) {
        this.allocator = allocator;
        this.failures = failures;
        this.reports = new AllocatorFailureLog(pool);
        initializeClasses();
    }

    /**
     * Initializes the classes that contended counters and maps of the JDK use. If a caller initialized one without
     * enough stack, it would be unusable in this JVM from then on.
     */
    private static void initializeClasses() {
        try {
            Class.forName("java.util.concurrent.ThreadLocalRandom");
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns whether the allocator overrides {@link Allocator#deallocate}, so that objects must be deallocated. */
    public boolean disposes() {
        try {
            return allocator.getClass().getMethod("deallocate", Object.class).getDeclaringClass() != Allocator.class;
        } catch (NoSuchMethodException impossible) {
            return true;
        }
    }

    /** Creates an object; the only method that propagates failures. */
    public T allocate() throws Exception {
        T object = allocator.allocate();
        if (object == null) {
            throw new NullPointerException("the allocator returned null");
        }
        return object;
    }

    /** Resets an object; returns whether that succeeded. */
    public boolean reset(T object) {
        try {
            allocator.reset(object);
            return true;
        } catch (Throwable failed) {
            try {
                failures.increment();
                report(Call.RESET, failed);
            } catch (Throwable unlogged) { // too little stack is left to log, here and below
            }
            return false;
        }
    }

    /** Returns whether an object is valid; false if the allocator fails. */
    public boolean validate(T object) {
        try {
            return allocator.validate(object);
        } catch (Throwable failed) {
            try {
                failures.increment();
                report(Call.VALIDATE, failed);
            } catch (Throwable unlogged) { // as above
            }
            return false;
        }
    }

    /** Deallocates an object. If it throws, because too little stack is left, the allocator was not called. */
    public void deallocate(T object) {
        try {
            allocator.deallocate(object);
        } catch (Throwable failed) {
            try {
                report(Call.DEALLOCATE, failed);
            } catch (Throwable unlogged) { // as above
            }
        }
    }

    /** Returns the size, or 0 if the allocator fails. */
    public long sizeInBytes(T object) {
        try {
            return Math.max(0, allocator.sizeInBytes(object));
        } catch (Throwable failed) {
            try {
                report(Call.MEASURE, failed);
            } catch (Throwable unlogged) { // as above
            }
            return 0;
        }
    }

    private void report(Call call, Throwable failed) {
        if (failed instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        reports.report(call, failed);
    }
}
