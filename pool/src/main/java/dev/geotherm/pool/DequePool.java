package dev.geotherm.pool;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolMisuseException;
import dev.geotherm.api.pool.WhenExhausted;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A pool with one lock, a deque of idle objects (the last one in is the first one out) and a queue of waiters.
 *
 * <p>A pool has places. A place is taken by an idle object, by one in use, or by a thread that is about to allocate,
 * validate, reset or deallocate one: then it is in transit, and the thread calls the allocator without the lock. Whoever
 * frees a place offers it to the first waiter before it lets go of the lock, so nobody can overtake.
 */
final class DequePool<T> implements ObjectPool<T> {
    private static final Logger log = LoggerFactory.getLogger(DequePool.class);

    private final String name;
    private final GuardedAllocator<T> allocator;
    private final Supplier<DequePoolsSettings> settings;
    private final ReferenceQueue<Object> lost;
    private final Consumer<DequePool<?>> whenClosed;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Object, Pooled<T>> known = new HashMap<>();
    private final Deque<Pooled<T>> idle = new ArrayDeque<>();
    private final Deque<Waiter<T>> waiters = new ArrayDeque<>();
    private final Figures figures = new Figures();
    private final Demand demand = new Demand();
    private int inUse;
    private int inTransit;
    private boolean closed;

    DequePool(
            String name,
            Allocator<T> allocator,
            Supplier<DequePoolsSettings> settings,
            ReferenceQueue<Object> lost,
            Consumer<DequePool<?>> whenClosed) {
        this.name = name;
        this.allocator = new GuardedAllocator<>(name, allocator);
        this.settings = settings;
        this.lost = lost;
        this.whenClosed = whenClosed;
    }

    @Override
    public String name() {
        return name;
    }

    /** Makes as many objects in advance as the settings say; gives up at the first that fails. */
    void prepare() {
        for (int i = settings.get().initialSize(); i > 0; i--) {
            lock.lock();
            try {
                if (closed || places() >= settings.get().maxSize()) {
                    return;
                }
                inTransit++;
            } finally {
                lock.unlock();
            }
            Pooled<T> made;
            try {
                made = make();
            } catch (AllocationException failed) {
                log.warn("{}; no more objects are made in advance", failed.getMessage(), failed);
                return;
            }
            lock.lock();
            try {
                figures.prepared++;
            } finally {
                lock.unlock();
            }
            keepOrGiveUp(made);
        }
    }

    @Override
    public T acquire() {
        return take().object();
    }

    @Override
    public Lease<T> lease() {
        Held<T> held = take();
        return new DequeLease<>(this, held);
    }

    /** An object in the hands of a holder; the turn tells this hand-out from any other of the same object. */
    record Held<T>(Pooled<T> pooled, T object, long turn) {}

    private Held<T> take() {
        Pooled<T> candidate = takePlace();
        while (candidate != null) {
            T object = candidate.object();
            if (allocator.validate(object)) {
                return handOut(candidate, object, true);
            }
            allocator.deallocate(object);
            lock.lock();
            try {
                forget(candidate);
                candidate = idle.pollFirst(); // it moves to the place in transit, so the discarded one's becomes free
                if (candidate != null) {
                    offerPlaces();
                }
            } finally {
                lock.unlock();
            }
        }
        Pooled<T> made = make();
        return handOut(made, made.object(), false);
    }

    private Held<T> handOut(Pooled<T> pooled, T object, boolean reused) {
        lock.lock();
        try {
            inTransit--;
            inUse++;
            pooled.handOut();
            if (reused) {
                figures.reused++;
                figures.bytesSaved += pooled.bytes();
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

    /** Takes a place, which is in transit then; returns the object in it, or null if it is empty. */
    private @Nullable Pooled<T> takePlace() {
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
                    throw exhausted(inForce, "none came free within " + inForce.maxWait() + "; raise maxWait");
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

    /** Allocates an object in a place in transit; when that fails, the place is free again. */
    private Pooled<T> make() {
        try {
            T object = allocator.allocate();
            Pooled<T> made = new Pooled<>(object, allocator.sizeInBytes(object), this, lost);
            lock.lock();
            try {
                if (known.containsKey(new Pooled.Probe(object))) {
                    throw new IllegalStateException("the allocator returned an object that this pool already has");
                }
                known.put(made, made);
            } finally {
                lock.unlock();
            }
            return made;
        } catch (Throwable failed) {
            lock.lock();
            try {
                figures.failures++;
                inTransit--;
                offerPlaces();
            } finally {
                lock.unlock();
            }
            if (failed instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            } else if (failed instanceof VirtualMachineError error) {
                throw error;
            }
            throw new AllocationException(name, failed);
        }
    }

    @Override
    public void release(T object) {
        keepOrGiveUp(takeBack(requireNonNull(object, "object"), null));
    }

    /** Releases what was handed out in one turn: refused when the object was released and handed out again since. */
    void release(Held<T> held) {
        keepOrGiveUp(takeBack(held.object(), held));
    }

    @Override
    public void discard(T object) {
        giveUp(takeBack(requireNonNull(object, "object"), null));
    }

    private Pooled<T> takeBack(T object, @Nullable Held<T> held) {
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

    private void keepOrGiveUp(Pooled<T> pooled) {
        if (isSurplus() || !reset(pooled) || !keep(pooled)) {
            giveUp(pooled);
        }
    }

    private boolean isSurplus() {
        lock.lock();
        try {
            return closed || places() > settings.get().maxSize();
        } finally {
            lock.unlock();
        }
    }

    private boolean reset(Pooled<T> pooled) {
        if (!pooled.served() || allocator.reset(pooled.object())) {
            return true;
        }
        lock.lock();
        try {
            figures.failures++;
        } finally {
            lock.unlock();
        }
        return false;
    }

    private boolean keep(Pooled<T> pooled) {
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

    /** Deallocates an object in transit and frees its place, in this order, so that the bound holds throughout. */
    private void giveUp(Pooled<T> pooled) {
        allocator.deallocate(pooled.object());
        lock.lock();
        try {
            forget(pooled);
            inTransit--;
            offerPlaces();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int cleanUp() {
        return trim(() -> {
            int target =
                    demand.size(settings.get().initialSize(), settings.get().maxSize());
            demand.startAgain(inUse);
            return target;
        });
    }

    int relieve() {
        return trim(() -> {
            figures.pressureEvents++;
            return 0;
        });
    }

    /** Puts changed settings in force. */
    void adapt() {
        trim(() -> {
            offerPlaces();
            return settings.get().maxSize();
        });
    }

    /** Deallocates idle objects, the longest idle ones first, until the pool has the size or none is left. */
    private int trim(Supplier<Integer> size) {
        List<Pooled<T>> surplus = new ArrayList<>();
        lock.lock();
        try {
            int excess = Math.min(idle.size(), places() - size.get());
            for (int i = 0; i < excess; i++) {
                surplus.add(idle.removeLast());
                inTransit++;
            }
        } finally {
            lock.unlock();
        }
        surplus.forEach(this::giveUp);
        return surplus.size();
    }

    /** Takes note that the holder of an object lost it. */
    void abandoned(Pooled<T> pooled) {
        lock.lock();
        try {
            if (known.remove(pooled) == null) {
                return;
            }
            inUse--;
            figures.abandoned++;
            offerPlaces();
        } finally {
            lock.unlock();
        }
        log.warn("pool {}: an object was lost by its holder, who must release or discard it; its place is free", name);
    }

    @Override
    public PoolMetrics metrics() {
        lock.lock();
        try {
            return figures.snapshot(idle.size(), inUse, settings.get().maxSize());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            waiters.forEach(Waiter::wake);
        } finally {
            lock.unlock();
        }
        trim(() -> 0);
        whenClosed.accept(this);
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
