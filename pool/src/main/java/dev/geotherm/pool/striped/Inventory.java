package dev.geotherm.pool.striped;

import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.WhenExhausted;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one pool: how many there may be, and where each of them is.
 *
 * <p>A place is taken before an object is allocated and free once it is deallocated, so the bound holds throughout. The
 * lock is for those two and for counting; claims and returns do not take it. Places that come free are offered to the
 * first waiter before the lock is let go. No allocator is called under it.
 */
final class Inventory<T> {
    private final Supplier<StripedPoolsSettings> settings;
    private final WaitQueue<T> waiters;
    private final PoolCounters figures = new PoolCounters();
    private final ReentrantLock lock = new ReentrantLock();

    /** Objects made in advance that nobody had yet; those that served before go first. Guarded by the lock. */
    private final Deque<Slot<T>> fresh = new ArrayDeque<>();

    private final SlotTable<T> shelves = new SlotTable<>();

    /** All places taken; guarded by the lock. */
    private int all;

    /** Objects that served; as they go first, never more than were in use at once. Guarded by the lock. */
    private int served;

    /** How many objects are kept at most while memory is short; guarded by the lock. */
    private int reliefBound = Integer.MAX_VALUE;

    /** Written with the lock held. */
    private volatile boolean closed;

    Inventory(Supplier<StripedPoolsSettings> settings, WaitQueue<T> waiters) {
        this.settings = settings;
        this.waiters = waiters;
    }

    PoolCounters figures() {
        return figures;
    }

    /** Returns where the slots are. */
    SlotTable<T> shelves() {
        return shelves;
    }

    /** Claims an object that was made in advance and that nobody had yet. */
    @Nullable
    Slot<T> claimFresh(long kind) {
        lock.lock();
        try {
            for (Slot<T> slot = fresh.pollFirst(); slot != null; slot = fresh.pollFirst()) {
                if (slot.tryClaim(kind)) {
                    countServed(slot);
                    return slot;
                }
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a place for an object that a caller wants, or returns null if the pool is full. */
    @Nullable
    Reservation<T> admit() {
        lock.lock();
        try {
            return mayGrow() ? take() : null;
        } finally {
            lock.unlock();
        }
    }

    /** Takes a place for an object made in advance, or returns null if that is not called for. */
    @Nullable
    Reservation<T> admitInAdvance(int wanted) {
        lock.lock();
        try {
            return !closed && all < Math.min(wanted, bound()) ? take() : null;
        } finally {
            lock.unlock();
        }
    }

    private boolean mayGrow() {
        StripedPoolsSettings inForce = settings.get();
        return inForce.whenExhausted() == WhenExhausted.ALLOCATE || all < inForce.maxSize();
    }

    private int bound() {
        return Math.min(settings.get().maxSize(), reliefBound);
    }

    private Reservation<T> take() {
        SlotSegment<T> shelf = shelves.withRoom();
        Reservation<T> place = new Reservation<>(shelf, shelf.next());
        shelf.take(place.index()); // last: memory may be out
        all++;
        return place;
    }

    /** Puts a slot whose object was made for a caller, who has it. */
    void addUsed(Slot<T> slot) {
        lock.lock();
        try {
            put(slot);
            figures.created++;
            countServed(slot);
        } finally {
            lock.unlock();
        }
    }

    /** Puts a slot whose object was made in advance; returns false if the pool was closed meanwhile. */
    boolean addFresh(Slot<T> slot) {
        lock.lock();
        try {
            put(slot);
            figures.prepared++;
            fresh.addLast(slot);
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void put(Slot<T> slot) {
        slot.shelf.put(slot.index, slot);
        if (isOverfull()) {
            slot.surplus(true);
        }
    }

    private void countServed(Slot<T> slot) {
        slot.served = true;
        served++;
        figures.peak = Math.max(figures.peak, served);
    }

    /** Frees a place that nothing was put into. */
    void free(Reservation<T> place) {
        lock.lock();
        try {
            release(place.shelf(), place.index());
        } finally {
            lock.unlock();
        }
    }

    /** Takes a slot away that the caller owns and whose object was deallocated, and frees its place. */
    void remove(Slot<T> slot) {
        lock.lock();
        try {
            forget(slot);
            figures.discarded++;
            release(slot.shelf, slot.index);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a slot away that the caller owns and whose object was deallocated; its place stays taken. */
    Reservation<T> vacate(Slot<T> slot) {
        lock.lock();
        try {
            forget(slot);
            figures.discarded++;
            return new Reservation<>(slot.shelf, slot.index);
        } finally {
            lock.unlock();
        }
    }

    /** Takes a slot away whose object its holder lost. */
    void removeAbandoned(Slot<T> slot) {
        lock.lock();
        try {
            forget(slot);
            figures.abandoned++;
            release(slot.shelf, slot.index);
        } finally {
            lock.unlock();
        }
    }

    private void forget(Slot<T> slot) {
        slot.empty();
        figures.gone.add(slot);
        if (slot.served) {
            served--;
        } else {
            fresh.remove(slot);
        }
        slot.shelf.put(slot.index, null);
    }

    private void release(SlotSegment<T> shelf, int index) {
        shelf.free(index);
        all--;
        offerPlaces();
    }

    /** Gives free places to waiters, first come, first served. */
    void serveFromPlaces() {
        lock.lock();
        try {
            offerPlaces();
        } finally {
            lock.unlock();
        }
    }

    private void offerPlaces() {
        while (!closed && waiters.peek() != null && mayGrow()) {
            Reservation<T> place = take(); // first: memory may be out, and nobody would wake who left the queue
            Waiter<T> first = waiters.poll();
            if (first == null || !first.offer(place)) {
                place.shelf().free(place.index());
                all--;
            }
        }
    }

    /** Lowers what is kept to what is in use, and at least one object, because memory is short. */
    void beginRelief() {
        lock.lock();
        try {
            figures.pressureEvents++;
            reliefBound = Math.min(reliefBound, Math.max(1, inUse())); // relief upon relief raises nothing
            markSurplus();
        } finally {
            lock.unlock();
        }
    }

    /** Keeps as many objects again as the settings say. */
    void endRelief() {
        lock.lock();
        try {
            reliefBound = Integer.MAX_VALUE;
            markSurplus();
        } finally {
            lock.unlock();
        }
    }

    /** Puts changed bounds in force. */
    void adapt() {
        lock.lock();
        try {
            markSurplus();
            offerPlaces();
        } finally {
            lock.unlock();
        }
    }

    /** Keeps nothing any more; returns false if that was so before. */
    boolean close() {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            closed = true;
            markSurplus();
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many objects there are and are being made. */
    int size() {
        lock.lock();
        try {
            return all;
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Marks all objects for a look at their return, if there are more than the bound allows; else takes the marks off. */
    private void markSurplus() {
        boolean overfull = isOverfull();
        shelves.slots().forEach(slot -> slot.surplus(overfull));
    }

    private boolean isOverfull() {
        return closed || all > bound();
    }

    /** Returns whether a marked object that came back is beyond the bound; if not, its mark is taken off. */
    boolean isSurplus(Slot<T> slot) {
        lock.lock();
        try {
            boolean overfull = isOverfull();
            slot.surplus(overfull);
            return overfull;
        } finally {
            lock.unlock();
        }
    }

    PoolMetrics metrics() {
        lock.lock();
        try {
            int idle = 0;
            int inUse = 0;
            PoolCounters.Uses uses = new PoolCounters.Uses();
            uses.add(figures.gone);
            for (Slot<T> slot : shelves.slots()) {
                uses.add(slot);
                if (slot.isInUse()) {
                    inUse++;
                } else {
                    idle++;
                }
            }
            figures.peak = Math.max(figures.peak, inUse);
            return figures.snapshot(uses, idle, inUse, settings.get().maxSize());
        } finally {
            lock.unlock();
        }
    }

    private int inUse() {
        return shelves.count(SlotState::isInUse);
    }
}
