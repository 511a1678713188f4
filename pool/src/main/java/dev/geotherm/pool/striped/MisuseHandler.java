package dev.geotherm.pool.striped;

import dev.geotherm.api.pool.PoolMisuseException;
import dev.geotherm.api.pool.WhenMisused;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses returns of objects that are not in use in the pool, as the settings say. */
final class MisuseHandler {
    private static final Logger LOG = LoggerFactory.getLogger(StripedPools.class);

    private final String pool;
    private final Supplier<StripedPoolsSettings> settings;
    private final PoolCounters figures;
    private final AtomicBoolean logged = new AtomicBoolean();

    MisuseHandler(String pool, Supplier<StripedPoolsSettings> settings, PoolCounters figures) {
        this.pool = pool;
        this.settings = settings;
        this.figures = figures;
    }

    /**
     * Refuses an object.
     *
     * @param slot where it would be if it were of this pool, or null if nowhere
     */
    void refuse(Object object, @Nullable Slot<?> slot) {
        figures.refused.increment();
        PoolMisuseException refusal = new PoolMisuseException("pool " + pool + ": this "
                + object.getClass().getName()
                + (slot == null
                        ? " is not in use here: it is of another pool or none, or was discarded"
                        : why(object, slot)));
        if (settings.get().whenMisused() == WhenMisused.REFUSE) {
            throw refusal;
        }
        if (logged.compareAndSet(false, true)) {
            LOG.warn("an object was returned that is not in use; this is logged once for the pool", refusal);
        }
    }

    /** Returns what the slot tells now, which is what was the matter unless others claim and return it at this moment. */
    private static String why(Object object, Slot<?> slot) {
        Object there = slot.get();
        if (there != null && there != object) {
            return " is not in use here: the slot it has is that of another object";
        }
        long claim = slot.claim();
        return slot.isHeld(claim) && SlotState.isLeased(claim)
                ? " is held by a lease, which alone returns it: close or discard the lease"
                : " is not in use here: it was returned or discarded before";
    }
}
