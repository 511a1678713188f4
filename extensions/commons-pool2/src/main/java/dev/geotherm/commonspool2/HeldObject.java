package dev.geotherm.commonspool2;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/**
 * A pooled object of Commons Pool, with additional state for the platform's pool.
 *
 * <p>The non-volatile fields belong to the thread that holds the object; Commons Pool publishes them together with the
 * object.
 */
final class HeldObject<T> extends DefaultPooledObject<T> implements ObjectHolder<T> {

    /** The party that may release the object. */
    enum Holder {
        NOBODY,
        CALLER,
        LEASE
    }

    private final AtomicReference<Holder> holder = new AtomicReference<>(Holder.NOBODY);
    private final T object;
    private final long bytes;

    private boolean preallocated;
    private boolean served;

    /** Whether the object is destroyed on release. */
    private boolean spoilt;

    HeldObject(T object, long bytes) {
        super(object);
        this.object = object;
        this.bytes = bytes;
    }

    @Override
    public T object() {
        return object;
    }

    long bytes() {
        return bytes;
    }

    void lend(Holder to) {
        served = true;
        holder.set(to);
    }

    /** Ends the use by a holder. Of several racing calls, one succeeds. */
    boolean takeBack(Holder from) {
        return holder.compareAndSet(from, Holder.NOBODY);
    }

    boolean isLeased() {
        return holder.get() == Holder.LEASE;
    }

    /** Returns whether the object was ever acquired; until then, it is as the allocator created it. */
    boolean served() {
        return served;
    }

    /** Returns whether the object was preallocated. */
    boolean preallocated() {
        return preallocated;
    }

    void markPreallocated() {
        preallocated = true;
    }

    boolean spoilt() {
        return spoilt;
    }

    void spoil() {
        spoilt = true;
    }
}
