package dev.geotherm.pool.striped;

import dev.geotherm.api.pool.PoolMisuseException;
import dev.geotherm.api.pool.WhenMisused;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The handler of misuse: it refuses or counts releases of objects that are not in use in the pool, as the settings say.
 */
final class MisuseHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StripedPools.class);

    private final String pool;
    private final Supplier<StripedPoolsSettings> settings;
    private final PoolCounters counters;
    private final AtomicBoolean logged = new AtomicBoolean();

    MisuseHandler(String pool, Supplier<StripedPoolsSettings> settings, PoolCounters counters) {
        this.pool = pool;
        this.settings = settings;
        this.counters = counters;
    }

    /**
     * Refuses the release of an object.
     *
     * @param slot the slot of the object in this pool, or null if it has none
     */
    void refuse(Object object, @Nullable Slot<?> slot) {
        counters.refused.increment();
        PoolMisuseException refusal = new PoolMisuseException("pool " + pool + ": this "
                + object.getClass().getName()
                + (slot == null
                        ? " is not in use here: it does not belong to this pool, or was discarded"
                        : why(object, slot)));
        if (settings.get().whenMisused() == WhenMisused.REFUSE) {
            throw refusal;
        }
        if (logged.compareAndSet(false, true)) {
            LOG.warn("an object was released that is not in use; this is logged once for each pool", refusal);
        }
    }

    /**
     * Returns the reason, from the current state of the slot, which another thread may have changed in the meantime.
     */
    private static String why(Object object, Slot<?> slot) {
        Object there = slot.get();
        if (there != null && there != object) {
            return " is not in use here: its slot belongs to another object";
        }
        long claim = slot.claim();
        return slot.isHeld(claim) && SlotState.isLeased(claim)
                ? " is held by a lease: close or discard the lease instead"
                : " is not in use here: it was already released or discarded";
    }
}
