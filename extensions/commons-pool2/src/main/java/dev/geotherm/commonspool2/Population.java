package dev.geotherm.commonspool2;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The population of one pool: the number of its objects, and those created by {@code addObject} that the platform's
 * pool does not have yet.
 *
 * <p>The platform's pool takes an object only when a caller wants one. What is added in advance waits here until the pool
 * asks for a new object, and is given then. An object counts from before it is made until it is destroyed, so that adding
 * and borrowing at the same time keep to the bound. The monitor is not held while a factory is called.
 */
final class Population<T> {
    private final Deque<Entry<T>> stock = new ArrayDeque<>();

    /** Objects that could not be passivated when they were added; they are destroyed by a later call. */
    private final Deque<Entry<T>> spoilt = new ArrayDeque<>();

    /** Objects that are being added or destroyed and have no position in the platform's pool. */
    private final List<InFlight<T>> inFlight = new ArrayList<>();

    /** Written with the monitor held. */
    private volatile int alive;

    private volatile boolean closed;

    /**
     * Returns an object that was added; or an entry without an object, for {@link #lendPosition}, if there is no room beside
     * the objects in flight; or null if the caller is to make an object, which counts from now on.
     *
     * <p>With none in flight, a caller that asks beyond the bound may do so by the pool's settings.
     */
    @Nullable
    @SuppressWarnings("NonAtomicVolatileUpdate") // one at a time
    synchronized Entry<T> takeOrMake(int bound) {
        requireOpen();
        Entry<T> entry = stock.pollFirst();
        if (entry != null) {
            return entry;
        }
        if (alive >= bound && inFlight.stream().anyMatch(object -> object.position == null)) {
            return new Entry<>();
        }
        alive++;
        return null;
    }

    /**
     * Lends an entry without an object to one that is in flight, until that is added or destroyed; returns false if none needs
     * it.
     */
    synchronized boolean lendPosition(Entry<T> position) {
        for (InFlight<T> object : inFlight) {
            if (object.position == null) {
                object.position = position;
                return true;
            }
        }
        return false;
    }

    /** Returns an object to be made and added, which counts from now on, or null if there may be none. */
    @Nullable
    @SuppressWarnings("NonAtomicVolatileUpdate") // one at a time
    synchronized InFlight<T> mayAdd(int bound) {
        requireOpen();
        if (alive >= bound) {
            return null;
        }
        InFlight<T> adding = new InFlight<>(null);
        inFlight.add(adding);
        alive++;
        return adding;
    }

    /**
     * Takes an object that was made to be added.
     *
     * @return the object if it waits here now; its position in the platform's pool if it has one, which is to be used instead; or
     *     null if the pool was closed meanwhile and the object is to be destroyed
     */
    @Nullable
    synchronized Entry<T> add(InFlight<T> adding, Entry<T> entry) {
        land(adding);
        if (adding.position != null) {
            return adding.position;
        }
        if (closed) {
            return null;
        }
        stock.addFirst(entry);
        return entry;
    }

    /** Takes an object that was made to be added and is unfit. */
    synchronized void addSpoilt(InFlight<T> adding, Entry<T> entry) {
        land(adding);
        spoilt.add(entry);
    }

    /** Takes note that there is nothing to add. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one at a time
    synchronized void addNothing(InFlight<T> adding) {
        land(adding);
        alive--;
    }

    /** Takes note that an object is in flight no longer: it lends no more positions. */
    synchronized void land(InFlight<T> object) {
        inFlight.remove(object);
    }

    /** Takes note that an object is no more, or was not made in the end. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one at a time
    synchronized void gone() {
        alive--;
    }

    /** Takes an object that was added, or null; when it is destroyed, {@link #land} is called. */
    @Nullable
    InFlight<T> takeAdded() {
        return take(stock);
    }

    /** Takes an unfit object, or null; when it is destroyed, {@link #land} is called. */
    @Nullable
    InFlight<T> takeSpoilt() {
        return take(spoilt);
    }

    private synchronized @Nullable InFlight<T> take(Deque<Entry<T>> from) {
        Entry<T> entry = from.pollFirst();
        if (entry == null) {
            return null;
        }
        InFlight<T> leaving = new InFlight<>(entry);
        inFlight.add(leaving);
        return leaving;
    }

    synchronized int inStock() {
        return stock.size();
    }

    synchronized void close() {
        closed = true;
    }

    /** Closes if there are no objects; returns whether there are none. */
    boolean closeIfEmpty() {
        if (alive > 0) { // what most calls see
            return false;
        }
        synchronized (this) {
            boolean empty = alive == 0;
            closed |= empty;
            return empty;
        }
    }

    boolean isClosed() {
        return closed;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the pool is closed");
        }
    }
}
