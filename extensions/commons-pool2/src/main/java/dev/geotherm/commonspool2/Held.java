package dev.geotherm.commonspool2;

import java.util.concurrent.atomic.AtomicReference;
import org.apache.commons.pool2.impl.DefaultPooledObject;

/**
 * Commons Pool's record of one object, with what a pool of the platform has to know of it besides.
 *
 * <p>The plain fields belong to the thread that has the object; Commons Pool passes them on with it.
 */
final class Held<T> extends DefaultPooledObject<T> implements Keeper<T> {

    /** Who may give the object back. */
    enum Holder {
        NOBODY,
        CALLER,
        LEASE
    }

    private final AtomicReference<Holder> holder = new AtomicReference<>(Holder.NOBODY);
    private final T object;
    private final long bytes;

    private boolean prepared;
    private boolean served;

    /** Whether it is to be destroyed when it comes back. */
    private boolean spoilt;

    Held(T object, long bytes) {
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

    /** Takes the object back from a holder; of several that try, one succeeds. */
    boolean takeBack(Holder from) {
        return holder.compareAndSet(from, Holder.NOBODY);
    }

    boolean isLeased() {
        return holder.get() == Holder.LEASE;
    }

    /** Returns whether it was ever handed out; until then it is as the allocator made it. */
    boolean served() {
        return served;
    }

    /** Returns whether it was made in advance. */
    boolean prepared() {
        return prepared;
    }

    void markPrepared() {
        prepared = true;
    }

    boolean spoilt() {
        return spoilt;
    }

    void spoil() {
        spoilt = true;
    }
}
