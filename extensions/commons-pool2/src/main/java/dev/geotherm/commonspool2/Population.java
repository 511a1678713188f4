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
 * <p>The platform's pool creates an object only for a caller. Objects that are added in advance are kept here until the
 * pool requests a new one. An object is counted from before its creation until its destruction, so that concurrent
 * adding and borrowing respect the bound. The monitor is not held while a factory is called.
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
     * Returns an object that was added; or an entry without an object, for {@link #lendPosition}, if the objects in
     * flight occupy all capacity; or null if the caller has to create an object, which is counted from now on.
     *
     * <p>If none is in flight, a request beyond the bound is one that the pool's settings allow.
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
     * Assigns an entry without an object to an object in flight, until that is added or destroyed; returns false if
     * none needs it.
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
     * Returns a placeholder of an object to create and add, which is counted from now on, or null if the bound is
     * reached.
     */
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
     * Accepts an object that was created to be added.
     *
     * @return the object if it is kept here; its position in the platform's pool if it has one, to be used instead; or
     *     null if the pool was closed meanwhile and the object must be destroyed
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

    /** Accepts an object that was created to be added but is unfit. */
    synchronized void addSpoilt(InFlight<T> adding, Entry<T> entry) {
        land(adding);
        spoilt.add(entry);
    }

    /** Records that the creation of an object failed, so nothing is added. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one at a time
    synchronized void addNothing(InFlight<T> adding) {
        land(adding);
        alive--;
    }

    /** Records that an object is no longer in flight and needs no position. */
    synchronized void land(InFlight<T> object) {
        inFlight.remove(object);
    }

    /** Records that an object was destroyed or could not be created. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one at a time
    synchronized void gone() {
        alive--;
    }

    /** Removes and returns an added object, or null; call {@link #land} when it is destroyed. */
    @Nullable
    InFlight<T> takeAdded() {
        return take(stock);
    }

    /** Removes and returns an unfit object, or null; call {@link #land} when it is destroyed. */
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
