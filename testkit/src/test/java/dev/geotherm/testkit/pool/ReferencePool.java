package dev.geotherm.testkit.pool;

import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolMisuseException;
import dev.geotherm.api.pool.WhenExhausted;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The smallest pool that keeps the contract, unless it is given a fault. */
final class ReferencePool<T> implements ObjectPool<T> {
    private final String name;
    private final Allocator<T> allocator;
    private final PoolLimits limits;
    private final Fault fault;
    private final Consumer<ReferencePool<T>> whenClosed;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<T> idle = new ArrayDeque<>();
    private final Map<T, T> held = new IdentityHashMap<>();
    private final Deque<Object> tickets = new ArrayDeque<>();
    private int places;
    private boolean closed;
    private int peak;
    private long created, reused, returned, discarded, waits, waitedNanos, refused, failures, pressureEvents, saved;

    ReferencePool(
            String name,
            Allocator<T> allocator,
            PoolLimits limits,
            Fault fault,
            Consumer<ReferencePool<T>> whenClosed) {
        this.name = name;
        this.allocator = allocator;
        this.limits = limits;
        this.fault = fault;
        this.whenClosed = whenClosed;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public T acquire() {
        T object = takePlace();
        while (object != null) {
            if (isValid(object)) {
                return handOut(object, true);
            }
            object = replace(object);
        }
        return handOut(make(), false);
    }

    private T takePlace() {
        lock.lock();
        try {
            if (!tickets.isEmpty() || !isAvailable()) {
                await();
            } else if (closed) {
                throw new IllegalStateException("closed");
            }
            T object = idle.poll();
            places += object == null ? 1 : 0;
            return object;
        } finally {
            lock.unlock();
        }
    }

    private boolean isAvailable() {
        return closed
                || !idle.isEmpty()
                || places < limits.maxSize()
                || limits.whenExhausted() == WhenExhausted.ALLOCATE;
    }

    private void await() {
        PoolExhaustedException exhausted = new PoolExhaustedException(name + ": " + limits.maxSize() + " in use");
        if (limits.whenExhausted() == WhenExhausted.FAIL) {
            throw exhausted;
        }
        Object ticket = new Object();
        tickets.addLast(ticket);
        waits++;
        long start = System.nanoTime();
        try {
            long left = limits.maxWait().toNanos();
            while (!isAvailable() || (!closed && !isMyTurn(ticket))) {
                if (left <= 0) {
                    throw exhausted;
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            if (fault != Fault.SWALLOWS_INTERRUPTION) {
                Thread.currentThread().interrupt();
            }
            throw exhausted;
        } finally {
            tickets.remove(ticket);
            waitedNanos += System.nanoTime() - start;
            changed.signalAll();
        }
        if (closed) {
            throw fault == Fault.CLOSE_LOOKS_LIKE_EXHAUSTION ? exhausted : new IllegalStateException("closed");
        }
    }

    private boolean isMyTurn(Object ticket) {
        return (fault == Fault.SERVES_LAST_WAITER_FIRST ? tickets.peekLast() : tickets.peekFirst()) == ticket;
    }

    private boolean isValid(T object) {
        try {
            return allocator.validate(object) || fault == Fault.HANDS_OUT_INVALID;
        } catch (RuntimeException invalid) {
            return fault == Fault.HANDS_OUT_INVALID;
        }
    }

    private T replace(T invalid) {
        deallocate(invalid);
        return locked(() -> {
            discarded++;
            T next = idle.poll();
            places -= next == null ? 0 : 1;
            changed.signalAll();
            return next;
        });
    }

    private T make() {
        if (fault == Fault.ALLOCATES_WITH_LOCK) {
            lock.lock();
        }
        try {
            return allocator.allocate();
        } catch (Throwable failed) {
            locked(() -> {
                failures++;
                places -= fault == Fault.FAILED_ALLOCATION_COSTS_A_PLACE ? 0 : 1;
                changed.signalAll();
                return null;
            });
            throw new AllocationException(name, failed);
        } finally {
            if (fault == Fault.ALLOCATES_WITH_LOCK) {
                lock.unlock();
            }
        }
    }

    private T handOut(T object, boolean again) {
        return locked(() -> {
            reused += again ? 1 : 0;
            created += again ? 0 : 1;
            saved += again ? allocator.sizeInBytes(object) : 0;
            if (fault == Fault.HANDS_OUT_WHAT_IS_HELD && created + reused > 200 && !held.isEmpty()) {
                return held.keySet().iterator().next();
            }
            held.put(object, object);
            peak = fault == Fault.PEAK_FALLS ? held.size() : Math.max(peak, held.size());
            return object;
        });
    }

    @Override
    public void release(T object) {
        if (fault == Fault.ACCEPTS_SECOND_RELEASE && locked(() -> idle.stream().anyMatch(one -> one == object))) {
            return;
        }
        takeBack(object);
        boolean clean = !isSurplus() && fault != Fault.NEVER_REUSES;
        try {
            if (clean) {
                allocator.reset(object);
            }
        } catch (Exception notReset) {
            locked(() -> failures++);
            clean = fault == Fault.KEEPS_WHAT_WAS_NOT_RESET;
        }
        boolean keep = clean;
        if (!locked(() -> keep && !isSurplus() && idle.offerFirst(object))) {
            giveUp(object);
        }
        locked(() -> {
            changed.signalAll();
            return null;
        });
    }

    @Override
    public void discard(T object) {
        takeBack(object);
        giveUp(object);
    }

    private void takeBack(T object) {
        locked(() -> {
            if (held.remove(object) == null) {
                refused++;
                throw new PoolMisuseException(name + ": not in use here");
            }
            return returned++;
        });
    }

    private boolean isSurplus() {
        return locked(() -> (closed && fault != Fault.RELEASES_INTO_CLOSED_POOL)
                || (places > limits.maxSize() && fault != Fault.KEEPS_SURPLUS));
    }

    private void giveUp(T object) {
        deallocate(object);
        locked(() -> {
            discarded++;
            places--;
            changed.signalAll();
            return null;
        });
    }

    private void deallocate(T object) {
        try {
            allocator.deallocate(object);
        } catch (RuntimeException ignored) {
            // the contract: logged; this pool has no log
        }
    }

    @Override
    public Lease<T> lease() {
        T object = acquire();
        AtomicBoolean over = new AtomicBoolean();
        BooleanSupplier ended = () -> over.getAndSet(true) && fault != Fault.LEASE_RELEASES_AGAIN;
        return new Lease<>() {
            @Override
            public T get() {
                if (over.get() && fault != Fault.CLOSED_LEASE_GIVES) {
                    throw new IllegalStateException("closed");
                }
                return object;
            }

            @Override
            public void close() {
                if (!ended.getAsBoolean()) {
                    release(object);
                }
            }
        };
    }

    @Override
    public int cleanUp() {
        int count = 0;
        for (T object = locked(idle::poll); object != null; object = locked(idle::poll)) {
            giveUp(object);
            count++;
        }
        return count;
    }

    int relieve() {
        locked(() -> pressureEvents += fault == Fault.RELIEF_OF_EMPTY_POOL_IS_NO_EVENT && idle.isEmpty() ? 0 : 1);
        return cleanUp();
    }

    @Override
    public PoolMetrics metrics() {
        return locked(() -> new PoolMetrics(
                created,
                0,
                0,
                reused,
                returned,
                discarded,
                idle.size(),
                held.size(),
                peak,
                limits.maxSize(),
                waits,
                Duration.ofNanos(waitedNanos),
                refused,
                0,
                failures,
                pressureEvents,
                saved));
    }

    @Override
    public void close() {
        locked(() -> {
            closed = true;
            changed.signalAll();
            return null;
        });
        if (fault != Fault.CLOSE_KEEPS_IDLE) {
            cleanUp();
        }
        whenClosed.accept(this);
    }

    private interface Step<R> {
        R take();
    }

    private <R> R locked(Step<R> step) {
        lock.lock();
        try {
            return step.take();
        } finally {
            lock.unlock();
        }
    }
}
