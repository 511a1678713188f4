package dev.geotherm.testkit.pool;

import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.PoolSlot;
import dev.geotherm.api.pool.Poolable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An allocator with a method that throws an error on request. Unlike probes, its objects survive an error at any point. */
final class FailingAllocator implements Allocator<Object> {
    private final BooleanSupplier poolable;
    private volatile @Nullable Method failing;
    private volatile Supplier<Error> error = Error::new;

    /** A method that the pool calls. */
    enum Method {
        ALLOCATE,
        RESET,
        VALIDATE,
        DEALLOCATE,
        SIZE,
        SLOT
    }

    private final class Item implements Poolable {
        private volatile @Nullable PoolSlot slot;

        @Override
        public @Nullable PoolSlot slot() {
            return slot;
        }

        @Override
        public void slot(@Nullable PoolSlot newSlot) {
            call(Method.SLOT);
            slot = newSlot;
        }
    }

    FailingAllocator(BooleanSupplier poolable) {
        this.poolable = poolable;
    }

    /** Makes a method fail from now on, or none if the supplier of errors is null. */
    void fail(Method method, @Nullable Supplier<Error> newError) {
        if (newError == null) {
            failing = null;
        } else {
            error = newError;
            failing = method;
        }
    }

    private void call(Method method) {
        if (failing == method) {
            throw error.get();
        }
    }

    @Override
    public Object allocate() {
        call(Method.ALLOCATE);
        return poolable.getAsBoolean() ? new Item() : new Object();
    }

    @Override
    public void reset(Object object) {
        call(Method.RESET);
    }

    @Override
    public boolean validate(Object object) {
        call(Method.VALIDATE);
        return true;
    }

    @Override
    public void deallocate(Object object) {
        call(Method.DEALLOCATE);
    }

    @Override
    public long sizeInBytes(Object object) {
        call(Method.SIZE);
        return ProbeAllocator.SIZE;
    }
}
