package dev.geotherm.anchors.store;

import dev.geotherm.api.anchor.AnchorId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What time does to all anchors of a store: they cool, and those that are old or cold are taken out.
 *
 * <p>Guarded by the store's lock.
 */
final class AnchorLifecycle {
    private final AnchorTable anchors;
    private final AnchorStateWriter state;
    private final EvictionLog tombstones = new EvictionLog();
    private long evicted;

    AnchorLifecycle(AnchorTable anchors, AnchorStateWriter state) {
        this.anchors = anchors;
        this.state = state;
    }

    /** Returns how many anchors were taken out so far. */
    long evicted() {
        return evicted;
    }

    /** Returns the ids of the anchors that were taken out after the given time, as far as they are remembered. */
    List<AnchorId> evictedAfter(Instant time) {
        return tombstones.after(time);
    }

    /** Lowers every heat; returns how many changed. */
    int decay(Instant now, MemoryAnchorsSettings settings) {
        int changed = 0;
        for (PooledAnchor anchor : anchors.all()) {
            if (anchor.decay(now, settings)) {
                changed++;
                state.changed(anchor, false);
            }
        }
        return changed;
    }

    /** Takes out what is old or cold, in the order of ids; the caller releases it outside of the lock. */
    List<PooledAnchor> evict(Instant now, MemoryAnchorsSettings settings) {
        tombstones.forgetBefore(now, settings.maxAge());
        List<PooledAnchor> gone = new ArrayList<>();
        for (PooledAnchor anchor : anchors.all()) {
            boolean old = Duration.between(anchor.firstSeen(), now).compareTo(settings.maxAge()) > 0;
            if (old || anchor.heat() < settings.evictionHeat()) {
                gone.add(anchor);
            }
        }
        for (PooledAnchor anchor : gone) {
            anchors.remove(anchor);
            tombstones.add(anchor.id(), now);
            state.removed(anchor);
        }
        evicted += gone.size();
        return gone;
    }
}
