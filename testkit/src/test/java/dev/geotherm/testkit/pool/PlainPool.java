package dev.geotherm.testkit.pool;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.metrics.Distribution;
import dev.geotherm.api.metrics.MetricsBuilder;
import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.Lease;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.PoolMetrics;
import dev.geotherm.api.pool.PoolMisuseException;
import dev.geotherm.api.pool.WhenExhausted;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A pool that is a fair semaphore and a list of what is in use. */
final class PlainPool<T> implements ObjectPool<T> {
    private final String name;
    private final Allocator<T> allocator;
    private final ReferenceSettings settings;
    private final Consumer<PlainPool<?>> onClose;
    private final Semaphore room;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicLong released = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong waits = new AtomicLong();
    private final AtomicLong waitedNanos = new AtomicLong();
    private final AtomicLong pressureEvents = new AtomicLong();

    /** What was acquired and what leases hold; guarded by itself. */
    private final List<T> acquired = new ArrayList<>();

    private long inUse;
    private long peak;

    PlainPool(String name, Allocator<T> allocator, ReferenceSettings settings, Consumer<PlainPool<?>> onClose) {
        this.name = name;
        this.allocator = allocator;
        this.settings = settings;
        this.onClose = onClose;
        this.room = new Semaphore(settings.maxSize(), true);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public T acquire() {
        T object = make();
        synchronized (acquired) {
            acquired.add(object);
        }
        return object;
    }

    private T make() {
        requireOpen();
        if (settings.whenExhausted() != WhenExhausted.ALLOCATE) {
            enter();
        }
        try {
            T object = requireNonNull(allocator.allocate());
            synchronized (acquired) {
                inUse++;
                peak = Math.max(peak, inUse);
            }
            return object;
        } catch (Throwable failed) {
            failures.incrementAndGet();
            leave();
            if (failed instanceof VirtualMachineError error) {
                throw error;
            } else if (failed instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new AllocationException(name, failed);
        }
    }

    private void enter() {
        boolean entered = !room.hasQueuedThreads() && room.tryAcquire();
        if (!entered && settings.whenExhausted() == WhenExhausted.WAIT) {
            waits.incrementAndGet();
            long start = System.nanoTime();
            try {
                entered = room.tryAcquire(settings.maxWait().toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            waitedNanos.addAndGet(System.nanoTime() - start);
            requireOpen();
        }
        if (!entered) {
            throw new PoolExhaustedException(name + ": all " + settings.maxSize() + " objects are in use");
        }
    }

    private void leave() {
        if (settings.whenExhausted() != WhenExhausted.ALLOCATE) {
            room.release();
        }
    }

    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException(name + " is closed");
        }
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // objects may be equal
    public void release(T object) {
        requireNonNull(object, "object");
        boolean mine;
        synchronized (acquired) {
            mine = false;
            for (int i = 0; i < acquired.size() && !mine; i++) {
                mine = acquired.get(i) == object;
                if (mine) {
                    acquired.remove(i);
                }
            }
        }
        if (!mine) {
            refused.incrementAndGet();
            throw new PoolMisuseException(name + ": not in use here");
        }
        end(object);
    }

    private void end(T object) {
        try {
            allocator.deallocate(object);
        } catch (RuntimeException | Error ignored) {
            // the contract: logged; this pool has no log
        }
        synchronized (acquired) {
            inUse--;
            released.incrementAndGet();
        }
        leave();
    }

    @Override
    public void discard(T object) {
        release(object);
    }

    @Override
    public Lease<T> lease() {
        T object = make();
        AtomicBoolean over = new AtomicBoolean();
        return new Lease<>() {
            @Override
            public T get() {
                if (over.get()) {
                    throw new IllegalStateException("closed");
                }
                return object;
            }

            @Override
            public void close() {
                if (!over.getAndSet(true)) {
                    end(object);
                }
            }

            @Override
            public void discard() {
                close();
            }
        };
    }

    @Override
    public int cleanUp() {
        return 0;
    }

    void trim() {
        pressureEvents.incrementAndGet();
    }

    @Override
    public PoolMetrics metrics() {
        double seconds = waitedNanos.get() * 1e-9;
        double mean = waits.get() == 0 ? 0 : seconds / waits.get();
        synchronized (acquired) {
            return MetricsBuilder.of(PoolMetrics.class)
                    .set("created", released.get() + inUse)
                    .set("released", released.get())
                    .set("discarded", released.get())
                    .set("inUse", inUse)
                    .set("peak", peak)
                    .set("maxSize", settings.maxSize())
                    .set("waits", waits.get())
                    .set("waitTime", new Distribution(waits.get(), mean, 0, mean, mean, seconds, seconds))
                    .set("refused", refused.get())
                    .set("failures", failures.get())
                    .set("pressureEvents", pressureEvents.get())
                    .build();
        }
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            room.release(Integer.MAX_VALUE / 2); // for those who wait
            onClose.accept(this);
        }
    }
}
