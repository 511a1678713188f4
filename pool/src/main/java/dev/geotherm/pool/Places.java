package dev.geotherm.pool;

import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolMisuseException;
import dev.geotherm.api.pool.WhenExhausted;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The monitor of one pool: its places and what is in each, its waiters and its figures, under one lock; it calls no
 * allocator.
 *
 * <p>A place is taken by an idle object (the last one in is the first one out), by one in use, or by a thread that is about
 * to allocate, validate, reset or deallocate one: then it is in transit. Whoever frees a place offers it to the first
 * waiter before it lets go of the lock, so nobody can overtake.
 */
final class Places<T> {
    private final String name;
    private final Supplier<DequePoolsSettings> settings;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Object, Pooled<T>> known = new HashMap<>();
    private final Deque<Pooled<T>> idle = new ArrayDeque<>();
    private final Deque<Waiter<T>> waiters = new ArrayDeque<>();
    private final Figures figures = new Figures();
    private final Demand demand = new Demand();
    private int inUse;
    private int inTransit;
    private boolean closed;

    Places(String name, Supplier<DequePoolsSettings> settings) {
        this.name = name;
        this.settings = settings;
    }

    /** Takes an empty place for an object made in advance; returns false when there is none within the bound. */
    boolean takeForStock() {
        lock.lock();
        try {
            if (closed || places() >= settings.get().maxSize()) {
                return false;
            }
            inTransit++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void madeForStock() {
        lock.lock();
        try {
            figures.prepared++;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a place, which is in transit then; returns the object in it, or null if it is empty. */
    @Nullable
    Pooled<T> take() {
        lock.lock();
        try {
            requireOpen();
            Pooled<T> free = idle.pollFirst();
            DequePoolsSettings inForce = settings.get();
            if (free == null && !mayGrow(inForce)) {
                if (inForce.whenExhausted() == WhenExhausted.FAIL) {
                    throw exhausted(inForce, "set whenExhausted to allocate or wait");
                }
                return await(inForce);
            }
            inTransit++;
            return free;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Pooled<T> await(DequePoolsSettings inForce) {
        Waiter<T> waiter = new Waiter<>(lock.newCondition());
        waiters.addLast(waiter);
        figures.waits++;
        long start = System.nanoTime();
        long left = inForce.maxWait().toNanos();
        try {
            while (!waiter.answered()) {
                requireOpen();
                if (left <= 0) {
                    throw exhausted(
                            inForce,
                            "none came free within " + inForce.maxWait().toMillis() + " ms; raise maxWait");
                }
                left = waiter.condition().awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            if (!waiter.answered()) { // what was given is kept: nobody else would get it
                throw exhausted(inForce, "the thread was interrupted while it waited");
            }
        } finally {
            if (!waiter.answered()) {
                waiters.remove(waiter);
            }
            figures.waitedNanos += System.nanoTime() - start;
        }
        return waiter.offered();
    }

    /** Gives an object that was idle, or was made for this caller. */
    Held<T> handOut(Pooled<T> pooled, T object, boolean wasIdle) {
        lock.lock();
        try {
            inTransit--;
            inUse++;
            boolean reused = pooled.served();
            pooled.handOut();
            if (reused) {
                figures.reused++;
                figures.bytesSaved += pooled.bytes();
            } else if (wasIdle) {
                figures.firstUses++;
            } else {
                figures.created++;
            }
            figures.peak = Math.max(figures.peak, inUse);
            demand.handedOut(inUse, reused);
            return new Held<>(pooled, object, pooled.turn());
        } finally {
            lock.unlock();
        }
    }

    /** Forgets an object in transit that was found spoilt; returns the next idle one for its place, or null. */
    @Nullable
    Pooled<T> replace(Pooled<T> spoilt) {
        lock.lock();
        try {
            forget(spoilt);
            return idle.pollFirst(); // into the place in transit; its own is free, and nobody waits while one is idle
        } finally {
            lock.unlock();
        }
    }

    /** Takes up a new object in a place in transit. */
    void allocated(Pooled<T> made, T object) {
        lock.lock();
        try {
            if (known.containsKey(new Pooled.Probe(object))) {
                throw new IllegalStateException("the allocator returned an object that this pool already has");
            }
            known.put(made, made);
        } finally {
            lock.unlock();
        }
    }

    /** Frees the place in transit of an object that could not be made. */
    void allocationFailed() {
        lock.lock();
        try {
            figures.failures++;
            inTransit--;
            offerPlaces();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes back what is in use, into a place in transit.
     *
     * @param held the turn in which it was handed out; null for whichever is now
     * @throws PoolMisuseException if it is not in use
     */
    Pooled<T> takeBack(T object, @Nullable Held<T> held) {
        lock.lock();
        try {
            Pooled<T> pooled = known.get(new Pooled.Probe(object));
            if (pooled == null || !pooled.inUse() || (held != null && held.turn() != pooled.turn())) {
                figures.refused++;
                throw new PoolMisuseException("pool " + name + ": "
                        + object.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(object))
                        + " is not in use here: it was released or discarded before, or is not of this pool; give each"
                        + " object back once, where it was acquired");
            }
            pooled.takeBack(object);
            figures.returned++;
            inUse--;
            inTransit++;
            return pooled;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether an object that comes back now is not to be kept. */
    boolean isSurplus() {
        lock.lock();
        try {
            return closed || places() > settings.get().maxSize();
        } finally {
            lock.unlock();
        }
    }

    void resetFailed() {
        lock.lock();
        try {
            figures.failures++;
        } finally {
            lock.unlock();
        }
    }

    /** Gives an object in transit to the first waiter, or keeps it idle; returns false when it is surplus. */
    boolean keep(Pooled<T> pooled) {
        lock.lock();
        try {
            if (isSurplus()) {
                return false;
            }
            Waiter<T> first = waiters.pollFirst();
            if (first != null) {
                first.answer(pooled); // the place stays in transit
            } else {
                inTransit--;
                idle.addFirst(pooled);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets an object that was deallocated, and frees its place in transit. */
    void deallocated(Pooled<T> pooled) {
        lock.lock();
        try {
            forget(pooled);
            inTransit--;
            offerPlaces();
        } finally {
            lock.unlock();
        }
    }

    /** Takes the idle objects beyond what recent demand calls for. */
    List<Pooled<T>> takeUndemanded() {
        lock.lock();
        try {
            DequePoolsSettings inForce = settings.get();
            int target = demand.size(inForce.initialSize(), inForce.maxSize());
            demand.startAgain(inUse);
            return takeIdleBeyond(target);
        } finally {
            lock.unlock();
        }
    }

    /** Takes all idle objects, because memory is short. */
    List<Pooled<T>> takeUnderPressure() {
        lock.lock();
        try {
            figures.pressureEvents++;
            return takeIdleBeyond(0);
        } finally {
            lock.unlock();
        }
    }

    /** Puts changed settings in force; takes the idle objects beyond the new bound. */
    List<Pooled<T>> adapt() {
        lock.lock();
        try {
            offerPlaces();
            return takeIdleBeyond(settings.get().maxSize());
        } finally {
            lock.unlock();
        }
    }

    /** Closes the pool to callers and takes all idle objects; returns null if it was closed before. */
    @Nullable
    List<Pooled<T>> close() {
        lock.lock();
        try {
            if (closed) {
                return null;
            }
            closed = true;
            waiters.forEach(Waiter::wake);
            return takeIdleBeyond(0);
        } finally {
            lock.unlock();
        }
    }

    /** Takes idle objects, the longest idle ones first, until no more than so many places are taken or none is idle. */
    private List<Pooled<T>> takeIdleBeyond(int size) {
        List<Pooled<T>> surplus = new ArrayList<>();
        int excess = Math.min(idle.size(), places() - size);
        for (int i = 0; i < excess; i++) {
            surplus.add(idle.removeLast());
            inTransit++;
        }
        return surplus;
    }

    /** Frees the place of an object that its holder lost; returns false if it is not known here any more. */
    boolean abandoned(Pooled<T> pooled) {
        lock.lock();
        try {
            if (known.remove(pooled) == null) {
                return false;
            }
            inUse--;
            figures.abandoned++;
            offerPlaces();
            return true;
        } finally {
            lock.unlock();
        }
    }

    PoolMetrics metrics() {
        lock.lock();
        try {
            return figures.snapshot(idle.size(), inUse, settings.get().maxSize());
        } finally {
            lock.unlock();
        }
    }

    private int places() {
        return idle.size() + inUse + inTransit;
    }

    private boolean mayGrow(DequePoolsSettings inForce) {
        return inForce.whenExhausted() == WhenExhausted.ALLOCATE || places() < inForce.maxSize();
    }

    /** Gives free places to waiters, first come, first served. */
    private void offerPlaces() {
        while (!closed && !waiters.isEmpty() && mayGrow(settings.get())) {
            inTransit++;
            waiters.removeFirst().answer(null);
        }
    }

    private void forget(Pooled<T> pooled) {
        known.remove(pooled);
        figures.discarded++;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("pool " + name + " is closed");
        }
    }

    private PoolExhaustedException exhausted(DequePoolsSettings inForce, String what) {
        return new PoolExhaustedException(
                "pool " + name + ": all " + inForce.maxSize() + " objects are in use; " + what + ", or raise maxSize");
    }
}
