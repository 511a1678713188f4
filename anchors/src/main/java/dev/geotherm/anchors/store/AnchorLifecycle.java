package dev.geotherm.anchors.store;

import dev.geotherm.api.anchor.AnchorId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The life cycle of a store's anchors: decay of their heat, and eviction of old and cold ones.
 *
 * <p>Bounds on the age and heat of all anchors, exact after each pass over them, let {@link #evict} return at once while
 * no anchor can be old or cold enough. Guarded by the store's lock.
 */
final class AnchorLifecycle {
    private final AnchorTable anchors;
    private final AnchorStateWriter state;
    private final EvictionLog log = new EvictionLog();
    /** No anchor was created before this time. */
    private Instant oldest = Instant.MAX;
    /** No anchor has less heat than this. */
    private double coldest = Double.MAX_VALUE;

    private long evicted;

    AnchorLifecycle(AnchorTable anchors, AnchorStateWriter state) {
        this.anchors = anchors;
        this.state = state;
    }

    /** Returns the number of anchors that were evicted so far. */
    long evicted() {
        return evicted;
    }

    /** Returns the ids of the anchors that were evicted after the given time, as far as they are remembered. */
    List<AnchorId> evictedAfter(Instant time) {
        return log.after(time);
    }

    void created(PooledAnchor anchor) {
        widen(anchor);
    }

    private void widen(PooledAnchor anchor) {
        Instant created = anchor.firstSeen();
        oldest = created.isBefore(oldest) ? created : oldest;
        coldest = Math.min(coldest, anchor.heat());
    }

    /** Lowers the heat of every anchor; returns the number of changed ones. */
    int decay(Instant now, MemoryAnchorsSettings settings) {
        int changed = 0;
        for (PooledAnchor anchor : anchors.all()) {
            if (anchor.decay(now, settings)) {
                changed++;
                state.changed(anchor, false);
                coldest = Math.min(coldest, anchor.heat());
            }
        }
        if (changed > 0) {
            anchors.changed();
        }
        return changed;
    }

    /** Removes the old and the cold, ordered by id; the caller releases them outside of the lock. */
    List<PooledAnchor> evict(Instant now, MemoryAnchorsSettings settings) {
        log.forgetBefore(now, settings.maxAge());
        if (anchors.size() == 0 || (!isOld(oldest, now, settings) && coldest >= settings.evictionHeat())) {
            return List.of();
        }
        oldest = Instant.MAX;
        coldest = Double.MAX_VALUE;
        List<PooledAnchor> gone = new ArrayList<>();
        for (PooledAnchor anchor : anchors.all()) {
            if (isOld(anchor.firstSeen(), now, settings) || anchor.heat() < settings.evictionHeat()) {
                gone.add(anchor);
            } else {
                widen(anchor);
            }
        }
        for (PooledAnchor anchor : gone) {
            anchors.remove(anchor);
            log.add(anchor.id(), now);
            state.removed(anchor);
        }
        evicted += gone.size();
        return gone;
    }

    private static boolean isOld(Instant created, Instant now, MemoryAnchorsSettings settings) {
        return Duration.between(created, now).compareTo(settings.maxAge()) > 0;
    }
}
