package dev.geotherm.commonspool2;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.pool.PoolableObject;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.apache.commons.pool2.PooledObject;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the platform's pool: the factory's wrapper of an object, and its borrowing state.
 *
 * <p>The non-volatile fields belong to the thread that holds the entry; the pool publishes them together with the entry.
 */
final class Entry<T> extends PoolableObject implements ObjectHolder<T> {
    private static final VarHandle LENT;

    static {
        try {
            LENT = MethodHandles.lookup().findVarHandle(Entry.class, "lent", boolean.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    /** Null while this entry is a reserved position without an object. */
    private @Nullable PooledObject<T> pooled;

    private @Nullable T object;

    /** The thread that created the object for itself; null once the object is borrowed, or if it was preallocated. */
    private @Nullable Thread maker;

    private boolean destroyed;

    @SuppressWarnings("unused") // used through the handle
    private volatile boolean lent;

    Entry(PooledObject<T> pooled, T object, @Nullable Thread maker) {
        this.pooled = pooled;
        this.object = object;
        this.maker = maker;
    }

    /** Creates a reserved position without an object, which needs no destruction. */
    Entry() {
        this.destroyed = true;
    }

    /** Takes over the object of an unused entry. */
    void takeOver(Entry<T> other) {
        pooled = other.pooled;
        object = other.object;
        destroyed = false;
    }

    boolean hasObject() {
        return pooled != null;
    }

    PooledObject<T> pooled() {
        return requireNonNull(pooled);
    }

    @Override
    public T object() {
        return requireNonNull(object);
    }

    /** Returns on the first call whether the object was created by and for the calling thread. */
    boolean isNew() {
        if (maker == null) {
            return false;
        }
        boolean mine = maker == Thread.currentThread();
        maker = null;
        return mine;
    }

    /** Marks the object as borrowed; it can then be returned once. */
    void lend() {
        LENT.setRelease(this, true);
    }

    /** Ends the loan. Of several attempts, even by several threads, only one succeeds. */
    boolean takeBack() {
        return LENT.compareAndSet(this, true, false);
    }

    boolean isDestroyed() {
        return destroyed;
    }

    void markDestroyed() {
        destroyed = true;
    }
}
