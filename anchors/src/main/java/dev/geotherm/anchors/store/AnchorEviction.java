package dev.geotherm.anchors.store;

import dev.geotherm.api.anchor.AnchorId;
import org.jspecify.annotations.Nullable;

/**
 * The eviction of a table's expired anchors, which are old or cold, and of anchors beyond the capacity.
 *
 * <p>A method returns false if the operation has too few pooled anchors; the operation then repeats the call with more.
 * Guarded by the store's lock.
 */
final class AnchorEviction {
    private final AnchorTable table;
    private long evicted;

    AnchorEviction(AnchorTable table) {
        this.table = table;
    }

    /** Returns the number of evicted anchors. */
    long evicted() {
        return evicted;
    }

    void continueCount(AnchorEviction earlier) {
        evicted += earlier.evicted;
    }

    /** Evicts anchors that are old or cold. */
    boolean evictExpired(AnchorOperation operation, long now) {
        if (!finish(operation, null)) {
            return false;
        }
        for (PooledAnchor first = table.first(null); first != null && first.expiry < now; first = table.first(null)) {
            if (!evict(operation, first)) {
                return false;
            }
        }
        return true;
    }

    /** Evicts anchors beyond the capacity, except the given one. */
    boolean evictSurplus(AnchorOperation operation, @Nullable PooledAnchor except) {
        if (!finish(operation, except)) {
            return false;
        }
        int capacity = table.settings().maxAnchors();
        while (capacity > 0 && table.size() > capacity) {
            PooledAnchor first = table.first(except);
            if (first == null) {
                return true;
            }
            if (!evict(operation, first)) {
                return false;
            }
        }
        return true;
    }

    /** Finishes the eviction that an earlier turn began. What is left of that anchor need not be expired, nor the next one. */
    private boolean finish(AnchorOperation operation, @Nullable PooledAnchor except) {
        AnchorId begun = operation.evicting;
        PooledAnchor anchor = begun == null ? null : table.find(begun);
        return anchor == null || anchor == except || evict(operation, anchor);
    }

    /** Removes all passages of an anchor, the leader last, which ends the anchor. */
    private boolean evict(AnchorOperation operation, PooledAnchor anchor) {
        AnchorId id = anchor.id();
        operation.evicting = id;
        for (StoredPassage passage : anchor.passages(table.graph)) {
            operation.leaves(passage.id, id);
            if (passage != anchor.leader() && !table.remove(operation, passage)) {
                return false;
            }
        }
        if (!table.remove(operation, anchor.leader())) {
            return false;
        }
        evicted++;
        operation.evicting = null;
        operation.evicted.add(id);
        return true;
    }
}
