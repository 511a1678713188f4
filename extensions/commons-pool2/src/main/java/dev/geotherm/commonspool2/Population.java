package dev.geotherm.commonspool2;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The population of one pool: the number of its objects, and those created by {@code addObject} that the platform's
 * pool does not have yet.
 *
 * <p>The platform's pool requests an object only for a caller. Objects added in advance wait here until the pool
 * requests a new one. An object is counted from before its creation until it is destroyed, so that concurrent adding
 * and borrowing respect the bound. The lock is not held while a factory is called.
 */
final class Population<T> {
    private final ReentrantLock lock = new ReentrantLock();

    /** Signalled when an object was added or removed. */
    private final Condition changed = lock.newCondition();

    private final Deque<Entry<T>> stock = new ArrayDeque<>();

    /** Objects that could not be passivated when they were added; they are destroyed by a later call. */
    private final Deque<Entry<T>> spoilt = new ArrayDeque<>();

    /** Written under the lock. */
    private final AtomicInteger alive = new AtomicInteger();

    private int beingAdded;

    /** The number of objects removed from here, but not yet destroyed. */
    private int leaving;

    private boolean closed;

    /**
     * Returns an added object, or null if the caller must create one, which is counted from now on.
     *
     * <p>Waits for objects that are being added or destroyed instead of exceeding the bound because of them. If there
     * are none, a request beyond the bound is permitted by the pool's settings.
     *
     * @param destroySpoilt runs first if there are broken objects, and destroys them
     */
    @Nullable
    Entry<T> takeOrMake(int bound, Runnable destroySpoilt) {
        lock.lock();
        try {
            while (true) {
                requireOpen();
                if (!spoilt.isEmpty()) {
                    unlocked(destroySpoilt);
                    continue;
                }
                Entry<T> entry = stock.pollFirst();
                if (entry != null) {
                    return entry;
                }
                if (alive.get() >= bound && beingAdded + leaving > 0) {
                    changed.awaitUninterruptibly();
                } else {
                    alive.incrementAndGet();
                    return null;
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void unlocked(Runnable action) {
        lock.unlock();
        try {
            action.run();
        } finally {
            lock.lock();
        }
    }

    /** Returns whether there may be one more object; the caller must then create it, and it is counted from now on. */
    boolean mayAdd(int bound) {
        lock.lock();
        try {
            requireOpen();
            if (alive.get() >= bound) {
                return false;
            }
            alive.incrementAndGet();
            beingAdded++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Adds a created object; returns false if the pool was closed meanwhile. */
    boolean add(Entry<T> entry) {
        lock.lock();
        try {
            endAdding();
            if (!closed) {
                stock.addFirst(entry);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Adds a created object that is broken. */
    void addSpoilt(Entry<T> entry) {
        lock.lock();
        try {
            endAdding();
            spoilt.add(entry);
        } finally {
            lock.unlock();
        }
    }

    /** Records that no object will be added. */
    void addNothing() {
        lock.lock();
        try {
            endAdding();
            alive.decrementAndGet();
        } finally {
            lock.unlock();
        }
    }

    private void endAdding() {
        beingAdded--;
        changed.signalAll();
    }

    /** Records that an object was destroyed, or was not created after all. */
    void gone() {
        lock.lock();
        try {
            alive.decrementAndGet();
        } finally {
            lock.unlock();
        }
    }

    /** Removes and returns an added object, or null; after its destruction, {@link #left} is called. */
    @Nullable
    Entry<T> takeAdded() {
        return take(stock);
    }

    /** Removes and returns a broken object, or null; after its destruction, {@link #left} is called. */
    @Nullable
    Entry<T> takeSpoilt() {
        return take(spoilt);
    }

    private @Nullable Entry<T> take(Deque<Entry<T>> from) {
        lock.lock();
        try {
            Entry<T> entry = from.pollFirst();
            if (entry != null) {
                leaving++;
            }
            return entry;
        } finally {
            lock.unlock();
        }
    }

    /** Records that a removed object was destroyed. */
    void left() {
        lock.lock();
        try {
            leaving--;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    int inStock() {
        lock.lock();
        try {
            return stock.size();
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Closes if there are no objects; returns whether there are none. */
    boolean closeIfEmpty() {
        if (alive.get() > 0) { // the common case
            return false;
        }
        lock.lock();
        try {
            boolean empty = alive.get() == 0;
            closed |= empty;
            return empty;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the pool is closed");
        }
    }
}
