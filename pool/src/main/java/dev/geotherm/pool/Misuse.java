package dev.geotherm.pool;

import dev.geotherm.api.pool.PoolMisuseException;
import dev.geotherm.api.pool.WhenMisused;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Refuses returns of objects that are not in use in the pool, as the settings say. */
final class Misuse {
    private static final Logger log = LoggerFactory.getLogger(StripedPools.class);

    private final String pool;
    private final Supplier<StripedPoolsSettings> settings;
    private final Figures figures;
    private final AtomicBoolean logged = new AtomicBoolean();

    Misuse(String pool, Supplier<StripedPoolsSettings> settings, Figures figures) {
        this.pool = pool;
        this.settings = settings;
        this.figures = figures;
    }

    void refuse(Object object) {
        figures.refused.increment();
        PoolMisuseException refusal = new PoolMisuseException(
                "pool " + pool + ": this "
                        + object.getClass().getName()
                        + " is not in use here: it was returned before, was discarded, is held by a lease, or is of another pool");
        if (settings.get().whenMisused() == WhenMisused.REFUSE) {
            throw refusal;
        }
        if (logged.compareAndSet(false, true)) {
            log.warn("an object was returned that is not in use; this is logged once for the pool", refusal);
        }
    }
}
