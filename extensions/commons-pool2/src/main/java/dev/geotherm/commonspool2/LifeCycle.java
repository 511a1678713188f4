package dev.geotherm.commonspool2;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.FailureLog;
import dev.geotherm.api.pool.Allocator;
import dev.geotherm.api.pool.ObjectPool;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import org.apache.commons.pool2.DestroyMode;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.PooledObjectFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life cycle that Commons Pool specifies for a factory: make; activate, validate, passivate for each loan; destroy.
 *
 * <p>The platform's pool creates and destroys objects with it. {@link GeothermObjectPool} calls the methods of a loan
 * itself, because their exceptions must reach its caller.
 */
final class LifeCycle<T> implements Allocator<Entry<T>> {
    private static final Logger LOG = LoggerFactory.getLogger(GeothermObjectPool.class);

    private final String pool;
    private final PooledObjectFactory<T> factory;
    private final boolean validatesOnCreate;
    private final boolean validatesOnBorrow;
    private final boolean validatesOnReturn;
    private final Population<T> population;
    private final IntSupplier bound;
    private final FailureLog validations;
    private final FailureLog passivations;
    private final FailureLog destructions;
    private final IdentityIndex<T, Entry<T>> index = new IdentityIndex<>();

    /** The platform's pool; set once the pool is open, after which every request is for a caller. */
    private volatile @Nullable ObjectPool<Entry<T>> platformPool;

    /** The threads that acquire only idle objects. */
    private final Set<Thread> emptiers = ConcurrentHashMap.newKeySet();

    LifeCycle(
            String pool,
            PooledObjectFactory<T> factory,
            Set<Validation> validations,
            Population<T> population,
            IntSupplier bound) {
        this.pool = pool;
        this.factory = requireNonNull(factory, "factory");
        this.validatesOnCreate = validations.contains(Validation.ON_CREATE);
        this.validatesOnBorrow = validations.contains(Validation.ON_BORROW);
        this.validatesOnReturn = validations.contains(Validation.ON_RETURN);
        this.population = population;
        this.bound = bound;
        this.validations = new FailureLog("pool " + pool + ": a new object could not be validated", LOG::warn);
        this.passivations =
                new FailureLog("pool " + pool + ": an object could not be passivated and is destroyed", LOG::warn);
        this.destructions =
                new FailureLog("pool " + pool + ": an object could not be destroyed and is dropped", LOG::warn);
    }

    void opened(ObjectPool<Entry<T>> pool) {
        platformPool = pool;
    }

    /** Sets whether the calling thread acquires only idle objects. */
    void emptying(boolean begins) {
        if (begins) {
            emptiers.add(Thread.currentThread());
        } else {
            emptiers.remove(Thread.currentThread());
        }
    }

    /** Reports that an object could not be destroyed. */
    void notDestroyed(Exception failure) {
        destructions.failed(failure);
    }

    @Nullable
    Entry<T> find(T object) {
        return index.find(object);
    }

    @Override
    public Entry<T> allocate() throws Exception {
        if (!emptiers.isEmpty() && emptiers.contains(Thread.currentThread())) {
            throw new IllegalStateException("nothing is idle any more");
        }
        boolean open = platformPool != null;
        destroySpoilt();
        Entry<T> added = population.takeOrMake(open ? bound.getAsInt() : Integer.MAX_VALUE);
        if (added != null) {
            return added;
        }
        try {
            return make(open ? Thread.currentThread() : null);
        } catch (Throwable failed) {
            population.gone();
            throw failed;
        }
    }

    /** Moves an unused object to its position in the platform's pool. */
    void move(Entry<T> entry, Entry<T> position) {
        index.remove(entry);
        position.takeOver(entry);
        index.add(position);
    }

    /** Creates an object that is already counted. */
    Entry<T> make(@Nullable Thread maker) throws Exception {
        PooledObject<T> made = requireNonNull(factory.makeObject(), "the factory made null");
        T object = requireNonNull(made.getObject(), "the factory made a wrapper of null");
        if (validatesOnCreate && !isValid(made)) {
            made.invalidate();
            factory.destroyObject(made, DestroyMode.NORMAL);
            throw new NoSuchElementException("pool " + pool + ": a new object is not valid");
        }
        Entry<T> entry = new Entry<>(made, object, maker);
        if (!index.add(entry)) {
            throw new IllegalStateException("pool " + pool + ": the factory made an object that this pool already has");
        }
        return entry;
    }

    private boolean isValid(PooledObject<T> made) {
        try {
            return factory.validateObject(made);
        } catch (RuntimeException failed) {
            validations.failed(failed);
            return false;
        }
    }

    /** Does nothing, because an object is passivated before its release. */
    @Override
    public void reset(Entry<T> entry) {}

    /**
     * Prepares an object for a loan.
     *
     * @return null, or the reason why the object cannot be lent
     */
    @Nullable
    Throwable activate(Entry<T> entry) {
        PooledObject<T> pooled = entry.pooled();
        if (!pooled.allocate()) {
            return new IllegalStateException("the object's state is " + pooled.getState());
        }
        try {
            factory.activateObject(pooled);
            if (validatesOnBorrow && !factory.validateObject(pooled)) {
                return new IllegalStateException("the object is not valid");
            }
            return null;
        } catch (Throwable failed) {
            return failed;
        }
    }

    /**
     * Ends a loan.
     *
     * @return whether the object may be lent again
     */
    boolean passivate(Entry<T> entry) {
        PooledObject<T> pooled = entry.pooled();
        pooled.markReturning();
        try {
            if (validatesOnReturn && !factory.validateObject(pooled)) {
                return false;
            }
            factory.passivateObject(pooled);
            return pooled.deallocate();
        } catch (Exception failed) {
            passivations.failed(failed);
            return false;
        }
    }

    /** Passivates an object that was never borrowed. */
    void passivateNew(Entry<T> entry) throws Exception {
        factory.passivateObject(entry.pooled());
    }

    /** Destroys an object, which is removed even if its destruction fails. */
    void destroy(Entry<T> entry, DestroyMode mode) throws Exception {
        entry.markDestroyed();
        entry.pooled().invalidate();
        index.remove(entry);
        try {
            factory.destroyObject(entry.pooled(), mode);
        } finally {
            population.gone();
        }
    }

    @Override
    public void deallocate(Entry<T> entry) {
        if (entry.isDestroyed()) {
            return;
        }
        try {
            destroy(entry, DestroyMode.NORMAL);
        } catch (Exception failed) {
            destructions.failed(failed);
        }
    }

    /** Destroys the added objects that were never borrowed, except those added during the call. */
    void destroyAdded() {
        for (int left = population.inStock(); left > 0; left--) {
            destroy(population.takeAdded());
        }
    }

    void destroySpoilt() {
        while (destroy(population.takeSpoilt())) {
            // until no added object is left
        }
    }

    private boolean destroy(@Nullable InFlight<T> taken) {
        if (taken == null) {
            return false;
        }
        try {
            deallocate(requireNonNull(taken.leaving));
        } finally {
            population.land(taken);
            giveUpPosition(taken);
        }
        return true;
    }

    /** Releases the position of an object that is no longer in flight, if it has one. */
    void giveUpPosition(InFlight<T> landed) {
        Entry<T> position = landed.position;
        ObjectPool<Entry<T>> pool = platformPool;
        if (position != null && pool != null) {
            pool.discard(position);
        }
    }
}
