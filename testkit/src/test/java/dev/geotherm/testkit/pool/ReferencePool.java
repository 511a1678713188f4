package dev.geotherm.testkit.pool;

import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolMisuseException;
import dev.geotherm.api.pool.WhenExhausted;
import dev.geotherm.api.pool.WhenMisused;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The smallest pool that fulfils the contract, with an optional fault. */
final class ReferencePool<T> implements ObjectPool<T> {
    private static final long GLANCE_NANOS = 5_000_000;

    private final String name;
    private final Allocator<T> allocator;
    private volatile PoolLimits limits;
    private final Fault fault;
    private final Consumer<ReferencePool<T>> onClose;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<T> idle = new ArrayDeque<>();
    private final ReferenceHolders<T> holders;
    private final Deque<Object> tickets = new ArrayDeque<>();
    private int places;
    private int keptAfterTrim = Integer.MAX_VALUE;
    private boolean closed;
    private int peak;
    private long created, reused, released, discarded, waits, waitedNanos, refused, failures, pressureEvents, saved;
    private long leaked;

    ReferencePool(
            String name, Allocator<T> allocator, PoolLimits limits, Fault fault, Consumer<ReferencePool<T>> onClose) {
        this.name = name;
        this.allocator = allocator;
        this.limits = limits;
        this.fault = fault;
        this.holders = new ReferenceHolders<>(fault);
        this.onClose = onClose;
    }

    @Override
    public String name() {
        return name;
    }

    private PoolLimits limits() {
        return limits;
    }

    @Override
    public T acquire() {
        return acquire(false).get();
    }

    /** An acquired object, and the number of its use. */
    private record Given<T>(T get, long turn) {}

    private Given<T> acquire(boolean byLease) {
        T object = takePlace();
        while (object != null) {
            if (isValid(object)) {
                return lend(object, true, byLease);
            }
            object = replace(object);
        }
        return lend(make(), false, byLease);
    }

    private T takePlace() {
        lock.lock();
        try {
            expunge();
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

    /** Frees the capacity of leaked objects. */
    private void expunge() {
        int lost = holders.expunge(fault == Fault.FINDS_A_HUNDRED ? 100 - leaked : Long.MAX_VALUE);
        leaked += lost + (fault == Fault.COUNTS_LEAKS_AGAIN && leaked > 0 ? 1 : 0);
        if (lost > 0 && fault != Fault.LEAK_COSTS_CAPACITY) {
            places -= lost;
            changed.signalAll();
        }
    }

    private boolean isAvailable() {
        return closed
                || !idle.isEmpty()
                || places < limits().maxSize()
                || limits().whenExhausted() == WhenExhausted.ALLOCATE;
    }

    private void await() {
        PoolExhaustedException exhausted = new PoolExhaustedException(name + ": " + limits().maxSize() + " in use");
        if (limits().whenExhausted() == WhenExhausted.FAIL) {
            throw exhausted;
        }
        Object ticket = new Object();
        tickets.addLast(ticket);
        waits++;
        long start = System.nanoTime();
        try {
            long limit = limits().maxWait().toNanos();
            while (!isAvailable() || (!closed && !isMyTurn(ticket))) {
                long left = limit - (System.nanoTime() - start);
                if (left <= 0) {
                    throw exhausted;
                }
                changed.awaitNanos(Math.min(left, GLANCE_NANOS));
                expunge();
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
        } catch (Throwable invalid) {
            locked(() -> failures += fault == Fault.FAILING_VALIDATION_IS_NO_FAILURE ? 0 : 1);
            return fault == Fault.HANDS_OUT_INVALID;
        }
    }

    private T replace(T invalid) {
        try {
            deallocate(invalid);
        } catch (Error failed) {
            locked(() -> {
                discarded++;
                places--;
                changed.signalAll();
                return null;
            });
            throw failed;
        }
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
            T made = allocator.allocate();
            holders.giveSlot(made);
            return made;
        } catch (Throwable failed) {
            locked(() -> {
                failures++;
                places -= fault == Fault.FAILED_ALLOCATION_COSTS_CAPACITY ? 0 : 1;
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

    private long size(T object) {
        try {
            return allocator.sizeInBytes(object);
        } catch (Throwable unknown) {
            return 0;
        }
    }

    private Given<T> lend(T object, boolean again, boolean byLease) {
        long size = again ? size(object) : 0;
        return locked(() -> {
            reused += again ? 1 : 0;
            created += again ? 0 : 1;
            saved += size;
            if (fault == Fault.HANDS_OUT_WHAT_IS_HELD && created + reused > 200 && holders.size() > 0) {
                return new Given<>(holders.anyone(), 0);
            }
            long turn = holders.add(object, byLease).turn();
            peak = fault == Fault.PEAK_FALLS ? holders.size() : Math.max(peak, holders.size());
            return new Given<>(object, turn);
        });
    }

    @Override
    public void release(T object) {
        if (fault == Fault.ACCEPTS_SECOND_RELEASE && locked(() -> idle.stream().anyMatch(one -> one == object))) {
            return;
        }
        release(object, false);
    }

    private void release(T object, boolean byLease) {
        if (!takeBack(object, byLease)) {
            return;
        }
        boolean clean = !isSurplus() && fault != Fault.NEVER_REUSES;
        try {
            if (clean) {
                allocator.reset(object);
            }
        } catch (Exception notReset) {
            locked(() -> {
                places += fault == Fault.FAILED_RESET_COSTS_CAPACITY ? 1 : 0;
                return failures++;
            });
            clean = fault == Fault.KEEPS_WHAT_WAS_NOT_RESET;
        } catch (Error failed) {
            locked(() -> places += fault == Fault.FAILED_RESET_COSTS_CAPACITY ? 1 : 0);
            giveUp(object);
            throw failed;
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
        if (takeBack(object, false)) {
            giveUp(object);
        }
    }

    /** Ends the use of an object; returns false if that is counted as misuse. */
    private boolean takeBack(T object, boolean byLease) {
        return locked(() -> {
            if (holders.remove(object, byLease)) {
                released++;
                return true;
            }
            boolean counts = limits().whenMisused() == WhenMisused.COUNT;
            misused(object, counts);
            refused++;
            if (!counts || fault == Fault.COUNTED_MISUSE_IS_THROWN) {
                throw new PoolMisuseException(name + ": not in use here");
            }
            return false;
        });
    }

    private void misused(T object, boolean counts) {
        boolean isIdle = idle.stream().anyMatch(one -> one == object);
        if (isIdle
                && (fault == Fault.RACING_RELEASES_ARE_KEPT_TWICE
                        || (counts && fault == Fault.COUNTED_MISUSE_IS_A_RETURN))) {
            idle.addFirst(object);
            places++;
        }
        places += isIdle && fault == Fault.RACING_RELEASES_COST_CAPACITY ? 1 : 0;
    }

    private boolean isSurplus() {
        return locked(() -> (closed && fault != Fault.RELEASES_INTO_CLOSED_POOL)
                || (places > Math.min(limits().maxSize(), keptAfterTrim) && fault != Fault.KEEPS_SURPLUS));
    }

    private void giveUp(T object) {
        try {
            deallocate(object);
        } finally {
            locked(() -> {
                discarded++;
                places--;
                changed.signalAll();
                return null;
            });
        }
    }

    private void deallocate(T object) {
        try {
            allocator.deallocate(object);
        } catch (RuntimeException ignored) {
            // the contract says that it is logged; this pool has no log
        }
    }

    @Override
    public Lease<T> lease() {
        Given<T> given = acquire(true);
        T object = given.get();
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
                if (fault == Fault.LEASE_RELEASES_AGAIN_MUCH_LATER && over.get()) {
                    over.set(!locked(() -> holders.isInTurnLike(object, given.turn())));
                }
                if (!ended.getAsBoolean()) {
                    release(object, true);
                }
            }

            @Override
            public void discard() {
                if (ended.getAsBoolean()) {
                    return;
                }
                if (fault == Fault.DISCARDED_LEASE_RELEASES) {
                    release(object, true);
                } else if (fault != Fault.DISCARDED_LEASE_COSTS_CAPACITY && takeBack(object, true)) {
                    giveUp(object);
                }
            }
        };
    }

    @Override
    public int cleanUp() {
        boolean keeps = fault == Fault.KEEPS_OLD_OBJECTS && !limits().maxAge().isZero();
        return keeps ? 0 : giveUpIdle();
    }

    private int giveUpIdle() {
        int count = 0;
        for (T object = locked(idle::poll); object != null; object = locked(idle::poll)) {
            giveUp(object);
            count++;
        }
        return count;
    }

    int trim() {
        locked(() -> {
            keptAfterTrim = fault == Fault.KEEPS_ALL_AFTER_TRIM ? Integer.MAX_VALUE : Math.max(1, holders.size());
            return pressureEvents += fault == Fault.TRIM_OF_EMPTY_POOL_IS_NO_EVENT && idle.isEmpty() ? 0 : 1;
        });
        return giveUpIdle();
    }

    /** Applies changed settings. */
    void adapt(PoolLimits newLimits) {
        limits = newLimits;
        if (fault == Fault.FORGETS_LEASES_WHEN_RESIZED) {
            locked(() -> {
                holders.forgetLeases();
                return null;
            });
        }
        for (T object = takeIdleBeyondBound(); object != null; object = takeIdleBeyondBound()) {
            giveUp(object);
            locked(() -> places += fault == Fault.RESIZING_COSTS_PLACES ? 1 : 0);
        }
        locked(() -> {
            changed.signalAll();
            return null;
        });
    }

    private T takeIdleBeyondBound() {
        return locked(() -> places > limits().maxSize() ? idle.pollLast() : null);
    }

    @Override
    public PoolMetrics metrics() {
        return locked(this::figures);
    }

    private Distribution waitTime() {
        double mean = waits == 0 ? 0 : waitedNanos * 1e-9 / waits;
        return new Distribution(waits, mean, 0, mean, mean, waitedNanos * 1e-9, waitedNanos * 1e-9);
    }

    private PoolMetrics figures() {
        expunge();
        return new PoolMetrics(
                created,
                0,
                0,
                reused,
                released,
                discarded,
                idle.size(),
                holders.size(),
                peak,
                limits().maxSize(),
                waits,
                waitTime(),
                refused,
                leaked,
                failures,
                pressureEvents,
                saved);
    }

    @Override
    public void close() {
        locked(() -> {
            closed = true;
            changed.signalAll();
            return null;
        });
        if (fault != Fault.CLOSE_KEEPS_IDLE) {
            giveUpIdle();
        }
        onClose.accept(this);
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
