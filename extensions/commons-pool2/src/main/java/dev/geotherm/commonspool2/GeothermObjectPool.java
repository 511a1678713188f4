package dev.geotherm.commonspool2;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.StackRoom;
import dev.geotherm.api.pool.AllocationException;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.pool.PoolExhaustedException;
import dev.geotherm.api.pool.PoolMetrics;
import java.util.EnumSet;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.commons.pool2.DestroyMode;
import org.apache.commons.pool2.ObjectPool;
import org.apache.commons.pool2.PooledObjectFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commons Pool's {@link ObjectPool} over a pool of the platform. Code written against the interface only needs to change the
 * line that constructs the pool.
 *
 * <p>The settings of the {@link ObjectPools} determine the bound, the behaviour at the bound, and the maximum wait. The
 * factory is called as Commons Pool specifies. A new object is made and activated. An idle object is activated and
 * validated; if either fails, it is destroyed and the next one is tried. A returned object is passivated, and destroyed if
 * that fails.
 *
 * <p>Differences from {@code GenericObjectPool}: Objects are validated on borrowing unless you choose otherwise. An
 * invalidated object is replaced when the next caller borrows, not immediately. An added object that cannot be passivated is
 * destroyed by the next call that creates or clears objects, which also frees its capacity.
 *
 * <p>Thread-safe for platform and virtual threads. Borrowing an idle object takes no lock of this class, and allocates
 * nothing beyond the allocations of the factory's {@link org.apache.commons.pool2.PooledObject}. The counts are exact while
 * no thread is inside a method. Objects are compared by identity. A leaked object stays counted as active, as with Commons
 * Pool, because the factory's wrapper references it.
 *
 * @param <T> the type of the pooled objects
 */
public final class GeothermObjectPool<T> implements ObjectPool<T> {
    private static final Logger LOG = LoggerFactory.getLogger(GeothermObjectPool.class);

    private final Population<T> population = new Population<>();
    private final LifeCycle<T> life;
    private final dev.geotherm.api.pool.ObjectPool<Entry<T>> pool;

    /**
     * Opens a pool that validates objects when they are borrowed.
     *
     * @param pools the component that opens the pool; it must outlive this pool, or closes it
     * @param name the name in metrics and messages; unique among the open pools of the component
     * @param factory the factory that creates, prepares and destroys the objects; must be thread-safe
     * @throws IllegalArgumentException if a pool with this name is open
     * @throws IllegalStateException if the pools are closed
     */
    public GeothermObjectPool(ObjectPools pools, String name, PooledObjectFactory<T> factory) {
        this(pools, name, factory, EnumSet.of(Validation.ON_BORROW));
    }

    /** Opens a pool that validates objects at the given moments. */
    public GeothermObjectPool(
            ObjectPools pools, String name, PooledObjectFactory<T> factory, Set<Validation> validations) {
        this.life = new LifeCycle<>(requireNonNull(name, "name"), factory, validations, population, this::bound);
        this.pool = pools.open(name, life);
        life.opened(pool);
    }

    private int bound() {
        return pool.metrics().maxSize();
    }

    /**
     * {@inheritDoc}
     *
     * @throws NoSuchElementException if all objects are in use, and the settings choose to fail or the wait has timed out;
     *     or if a new object cannot be activated or is invalid
     * @throws InterruptedException if all objects are in use and the thread is interrupted
     * @throws IllegalStateException if the pool is closed
     * @throws Exception if the factory cannot create an object
     */
    @Override
    public T borrowObject() throws Exception {
        StackRoom.require(CommonsPool.STACK_KILOBYTES);
        while (true) {
            Entry<T> entry = acquire();
            if (!entry.hasObject()) {
                if (!population.lendPosition(entry)) {
                    pool.discard(entry);
                }
                continue; // now the platform's pool refuses the caller or makes it wait
            }
            boolean isNew = entry.isNew();
            Throwable refusal = life.activate(entry);
            if (refusal == null) {
                entry.lend();
                return entry.object();
            }
            destroyQuietly(entry);
            if (refusal instanceof Error error) {
                throw error;
            }
            if (refusal instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            if (isNew) {
                throw noSuchElement("pool " + pool.name() + ": a new object is unfit: " + refusal, refusal);
            }
        }
    }

    private Entry<T> acquire() throws Exception {
        try {
            return pool.acquire();
        } catch (PoolExhaustedException exhausted) {
            if (Thread.interrupted()) {
                InterruptedException interrupted = new InterruptedException(exhausted.getMessage());
                interrupted.initCause(exhausted);
                throw interrupted;
            }
            throw noSuchElement(exhausted.getMessage(), exhausted);
        } catch (AllocationException failed) {
            Throwable cause = failed.getCause();
            if (cause instanceof InterruptedException) {
                Thread.interrupted(); // throws like Commons Pool, not only marks the object
            }
            if (cause instanceof Exception exception) {
                throw exception;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw failed;
        }
    }

    private static NoSuchElementException noSuchElement(@Nullable String message, Throwable cause) {
        NoSuchElementException exception = new NoSuchElementException(message);
        exception.initCause(cause);
        return exception;
    }

    /**
     * {@inheritDoc}
     *
     * <p>An object that cannot be passivated is destroyed. Failures of either are logged, not thrown.
     *
     * @throws IllegalStateException if the object is not currently borrowed from this pool: it was already returned or
     *     invalidated, or belongs to another pool
     */
    @Override
    public void returnObject(T object) {
        Exception failure = giveBack(object);
        if (failure != null) {
            life.notDestroyed(failure);
        }
    }

    /** Takes an object back. Returns the exception if the object was broken and could not be destroyed. */
    @Nullable
    Exception giveBack(T object) {
        StackRoom.require(CommonsPool.STACK_KILOBYTES);
        Entry<T> entry = takeBack(object);
        boolean fit;
        try {
            fit = life.passivate(entry);
        } catch (Error fatal) {
            destroyQuietly(entry);
            throw fatal;
        }
        if (!fit) {
            return discard(entry, DestroyMode.NORMAL);
        }
        pool.release(entry);
        return null;
    }

    @Override
    public void invalidateObject(T object) throws Exception {
        invalidateObject(object, DestroyMode.NORMAL);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException under the same conditions as {@link #returnObject}
     * @throws Exception if the factory cannot destroy the object; the object is removed nevertheless
     */
    @Override
    public void invalidateObject(T object, DestroyMode mode) throws Exception {
        StackRoom.require(CommonsPool.STACK_KILOBYTES);
        Exception failure = discard(takeBack(object), mode);
        if (failure != null) {
            throw failure;
        }
    }

    private Entry<T> takeBack(T object) {
        Entry<T> entry = life.find(object);
        if (entry == null || !entry.takeBack()) {
            throw new IllegalStateException("pool " + pool.name() + ": this "
                    + (object == null ? "null" : object.getClass().getName())
                    + " is not borrowed here: it was returned or invalidated before, or is of another pool; give each"
                    + " object back once, where it was borrowed");
        }
        return entry;
    }

    private @Nullable Exception discard(Entry<T> entry, DestroyMode mode) {
        try {
            life.destroy(entry, mode);
            return null;
        } catch (Exception failed) {
            return failed;
        } finally {
            pool.discard(entry);
        }
    }

    private void destroyQuietly(Entry<T> entry) {
        try {
            life.deallocate(entry);
        } finally {
            pool.discard(entry);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>Does nothing if the pool has the maximum number of objects.
     *
     * @throws IllegalStateException if the pool is closed
     * @throws Exception if the factory cannot create or passivate the object
     */
    @Override
    public void addObject() throws Exception {
        StackRoom.require(CommonsPool.STACK_KILOBYTES);
        life.destroySpoilt();
        InFlight<T> adding = population.mayAdd(bound());
        if (adding == null) {
            return;
        }
        Entry<T> entry;
        try {
            entry = life.make(null);
        } catch (Throwable failed) {
            population.addNothing(adding);
            life.giveUpPosition(adding);
            throw failed;
        }
        try {
            life.passivateNew(entry);
        } catch (Throwable failed) {
            population.addSpoilt(adding, entry);
            life.giveUpPosition(adding);
            throw failed;
        }
        Entry<T> place = population.add(adding, entry);
        if (place == null) {
            life.deallocate(entry);
        } else if (!place.hasObject()) {
            life.move(entry, place);
            pool.release(place);
        }
    }

    /**
     * {@inheritDoc}
     *
     * <p>A failure to destroy an object is logged. Objects returned during the call may remain. The method does not wait for
     * objects, so waiting borrowers are served first.
     */
    @Override
    public void clear() {
        StackRoom.require(CommonsPool.STACK_KILOBYTES);
        destroyOwn();
        boolean interrupted = Thread.interrupted();
        life.emptying(true);
        try {
            for (int left = pool.metrics().idle(); left > 0; left--) {
                destroyQuietly(acquireIdle());
            }
        } catch (AllocationException | PoolExhaustedException | IllegalStateException noneLeft) {
            LOG.debug("pool {}: others took what was idle", pool.name(), noneLeft);
        } finally {
            life.emptying(false);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Acquires an idle object or fails; never waits, because the thread is interrupted. */
    private Entry<T> acquireIdle() {
        Thread.currentThread().interrupt();
        try {
            return pool.acquire();
        } finally {
            Thread.interrupted();
        }
    }

    private void destroyOwn() {
        life.destroySpoilt();
        life.destroyAdded();
    }

    @Override
    public int getNumActive() {
        return pool.metrics().inUse();
    }

    @Override
    public int getNumIdle() {
        return pool.metrics().idle() + population.inStock();
    }

    /** Returns the metrics of the platform's pool; added objects are not counted until they are borrowed. */
    public PoolMetrics metrics() {
        return pool.metrics();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Destroys the idle objects and wakes the waiters; borrowed objects are destroyed when they are returned.
     */
    @Override
    public void close() {
        StackRoom.require(CommonsPool.STACK_KILOBYTES);
        population.close();
        pool.close();
        destroyOwn();
    }

    /** Closes the pool if it has no objects, and returns whether it has none. */
    boolean closeIfEmpty() {
        if (!population.closeIfEmpty()) {
            return false;
        }
        close();
        return true;
    }

    boolean isClosed() {
        return population.isClosed();
    }

    @Override
    public String toString() {
        return "GeothermObjectPool[" + pool.name() + ", active " + getNumActive() + ", idle " + getNumIdle() + "]";
    }
}
