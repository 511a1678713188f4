package dev.geotherm.commonspool2;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The population of one pool: the number of its objects, and the objects created by {@code addObject} that the platform's
 * pool does not contain yet.
 *
 * <p>The platform's pool creates an object only for a caller. Objects added in advance are kept here until the pool requests
 * a new one. An object counts from before its creation until its destruction, which keeps concurrent adding and borrowing
 * within the bound. The monitor is not held during calls of a factory.
 */
final class Population<T> {
    private final Deque<Entry<T>> stock = new ArrayDeque<>();

    /** Added objects that could not be passivated; a later call destroys them. */
    private final Deque<Entry<T>> spoilt = new ArrayDeque<>();

    /** Objects that are being added or destroyed and have no position in the platform's pool. */
    private final List<InFlight<T>> inFlight = new ArrayList<>();

    /** Written with the monitor held. */
    private volatile int alive;

    private volatile boolean closed;

    /**
     * Returns an added object; or an entry without an object, for {@link #lendPosition}, if objects in flight occupy all
     * capacity; or null if the caller must create an object, which counts from now on.
     *
     * <p>If no object is in flight, the pool's settings permit any request beyond the bound.
     */
    @Nullable
    @SuppressWarnings("NonAtomicVolatileUpdate") // guarded by the monitor
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
     * Assigns an entry without an object to an object in flight until the object is added or destroyed. Returns false if no
     * object needs the entry.
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

    /**
     * Returns a placeholder for an object to create and add, which counts from now on, or null if the bound is reached.
     */
    @Nullable
    @SuppressWarnings("NonAtomicVolatileUpdate") // guarded by the monitor
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
     * Accepts an added object.
     *
     * @return the object if it is kept here; its position in the platform's pool, to be used instead, if it has one; or null
     *     if the pool has been closed and the object must be destroyed
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

    /** Accepts an added object that could not be passivated. */
    synchronized void addSpoilt(InFlight<T> adding, Entry<T> entry) {
        land(adding);
        spoilt.add(entry);
    }

    /** Records that the creation of an object to add has failed. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // guarded by the monitor
    synchronized void addNothing(InFlight<T> adding) {
        land(adding);
        alive--;
    }

    /** Records that an object is no longer in flight and needs no position. */
    synchronized void land(InFlight<T> object) {
        inFlight.remove(object);
    }

    /** Records that an object was destroyed or could not be created. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // guarded by the monitor
    synchronized void gone() {
        alive--;
    }

    /** Removes and returns an added object, or null; call {@link #land} when it is destroyed. */
    @Nullable
    InFlight<T> takeAdded() {
        return take(stock);
    }

    /** Removes and returns an object that could not be passivated, or null; call {@link #land} when it is destroyed. */
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

    /** Closes if there are no objects, and returns whether there are none. */
    boolean closeIfEmpty() {
        if (alive > 0) { // the common case
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
