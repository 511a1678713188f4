package dev.geotherm.commonspool2;

import dev.geotherm.api.StackRoom;
import dev.geotherm.api.pool.Lease;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A lease that forgets its object when closed. */
final class CommonsLease<T> implements Lease<T> {
    private final CommonsPool<T> pool;
    private final AtomicReference<@Nullable HeldObject<T>> held;

    CommonsLease(CommonsPool<T> pool, HeldObject<T> held) {
        this.pool = pool;
        this.held = new AtomicReference<>(held);
    }

    @Override
    public T get() {
        HeldObject<T> now = held.get();
        if (now == null) {
            throw new IllegalStateException("pool " + pool.name() + ": this lease is closed");
        }
        return now.object();
    }

    @Override
    public void close() {
        StackRoom.require(CommonsPool.STACK_KILOBYTES); // before the lease forgets its object
        HeldObject<T> last = held.getAndSet(null);
        if (last != null) {
            pool.endLease(last);
        }
    }

    @Override
    public void discard() {
        StackRoom.require(CommonsPool.STACK_KILOBYTES); // before the lease forgets its object
        HeldObject<T> last = held.getAndSet(null);
        if (last != null) {
            pool.discard(last);
        }
    }
}
