package dev.geotherm.commonspool2;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The population of one pool: the number of its objects, and those made by {@code addObject} that the platform's pool does not
 * have yet.
 *
 * <p>The platform's pool takes an object only when a caller wants one. What is added in advance waits here until the pool
 * asks for a new object, and is given then. An object counts from before it is made until it is destroyed, so that adding
 * and borrowing at the same time keep to the bound. The lock is not held while a factory is called.
 */
final class Population<T> {
    private final ReentrantLock lock = new ReentrantLock();

    /** An object was added or is gone. */
    private final Condition changed = lock.newCondition();

    private final Deque<Entry<T>> stock = new ArrayDeque<>();

    /** Objects that could not be passivated when they were added; they are destroyed by a later call. */
    private final Deque<Entry<T>> spoilt = new ArrayDeque<>();

    /** Written under the lock. */
    private final AtomicInteger alive = new AtomicInteger();

    private int beingAdded;

    /** Objects taken out of here, but not yet destroyed. */
    private int leaving;

    private boolean closed;

    /**
     * Returns an object that was added, or null if the caller is to make one, which counts from now on.
     *
     * <p>Waits for objects that are on their way in or out rather than pass the bound beside them. With none of those, who
     * asks beyond the bound may do so by the pool's settings.
     *
     * @param destroySpoilt is run first where there are unfit objects, and takes them
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

    /** Returns whether there may be one more object; it is to be made, and counts from now on. */
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

    /** Takes an object that was made to be added; returns false if the pool was closed meanwhile. */
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

    /** Takes an object that was made to be added and is unfit. */
    void addSpoilt(Entry<T> entry) {
        lock.lock();
        try {
            endAdding();
            spoilt.add(entry);
        } finally {
            lock.unlock();
        }
    }

    /** Takes note that there is nothing to add. */
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

    /** Takes note that an object is no more, or was not made in the end. */
    void gone() {
        lock.lock();
        try {
            alive.decrementAndGet();
        } finally {
            lock.unlock();
        }
    }

    /** Takes an object that was added, or null; when it is destroyed, {@link #left} is called. */
    @Nullable
    Entry<T> takeAdded() {
        return take(stock);
    }

    /** Takes an unfit object, or null; when it is destroyed, {@link #left} is called. */
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

    /** Takes note that an object that was taken out of here is destroyed. */
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

    /** Closes if there is no object; returns whether there is none. */
    boolean closeIfEmpty() {
        if (alive.get() > 0) { // what most calls see
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
