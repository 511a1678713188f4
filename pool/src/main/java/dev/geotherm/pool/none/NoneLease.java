package dev.geotherm.pool.none;

import dev.geotherm.api.pool.Lease;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A lease that forgets its object when it is closed. */
final class NoneLease<T> implements Lease<T> {
    private final NonePool<T> pool;
    private final AtomicReference<@Nullable T> object;

    NoneLease(NonePool<T> pool, T object) {
        this.pool = pool;
        this.object = new AtomicReference<>(object);
    }

    @Override
    public T get() {
        T now = object.get();
        if (now == null) {
            throw new IllegalStateException("pool " + pool.name() + ": this lease is closed");
        }
        return now;
    }

    @Override
    public void close() {
        T last = object.getAndSet(null);
        if (last != null) {
            pool.end(last);
        }
    }

    @Override
    public void discard() {
        close(); // nothing is kept either way
    }
}
