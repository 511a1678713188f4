package dev.geotherm.pool;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A pool's record of one object: held strongly while the pool has it, weakly while a holder has it, so that an object
 * that its holder lost is collected and reported by the queue.
 *
 * <p>As a key it is found by the identity of its object, with a {@link Probe}. The mutable fields are guarded by the lock
 * of the pool.
 */
final class Pooled<T> extends WeakReference<T> {
    private final int hash;
    private final long bytes;
    private final DequePool<T> pool;

    private @Nullable T kept;

    /** How often the object was handed out and taken back: odd while it is in use. */
    private long turn;

    Pooled(T object, long bytes, DequePool<T> pool, ReferenceQueue<Object> lost) {
        super(object, lost);
        this.hash = System.identityHashCode(object);
        this.bytes = bytes;
        this.pool = pool;
        this.kept = object;
    }

    long bytes() {
        return bytes;
    }

    boolean inUse() {
        return (turn & 1) == 1;
    }

    /** Returns whether the object was ever handed out; until then it is as the allocator made it. */
    boolean served() {
        return turn > 0;
    }

    long turn() {
        return turn;
    }

    void handOut() {
        turn++;
        kept = null;
    }

    void takeBack(T object) {
        turn++;
        kept = object;
    }

    /** Returns the object, which the pool must have. */
    T object() {
        T object = kept;
        if (object == null) {
            throw new IllegalStateException("the object is in use");
        }
        return object;
    }

    void abandon() {
        pool.abandoned(this);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    /** Stands for an object in look-ups of its record. */
    static final class Probe {
        private final Object object;

        Probe(Object object) {
            this.object = object;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(object);
        }

        @Override
        @SuppressWarnings("unchecked") // compares identities only
        public boolean equals(@Nullable Object other) {
            return other instanceof Pooled<?> pooled && ((Pooled<Object>) pooled).refersTo(object);
        }
    }
}
