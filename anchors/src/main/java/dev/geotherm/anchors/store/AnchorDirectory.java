package dev.geotherm.anchors.store;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.anchor.AnchorId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The anchors of a store, by id and by the row of their leader. Guarded by the store's lock. */
final class AnchorDirectory {
    private final Map<AnchorId, PooledAnchor> byId = new HashMap<>();
    /** The anchors, in no order. */
    private PooledAnchor[] all = new PooledAnchor[16];
    /** By row of the leader: the anchor. */
    private @Nullable PooledAnchor[] byRow = {};

    int size() {
        return byId.size();
    }

    @Nullable
    PooledAnchor find(AnchorId id) {
        return byId.get(id);
    }

    /** Returns the anchor with a leader in a row. */
    PooledAnchor at(int row) {
        return requireNonNull(byRow[row], "anchor");
    }

    /** Returns the anchor with a leader in a row, or null if there is no such anchor or no such row. */
    @Nullable
    PooledAnchor atOrNull(int row) {
        return row == AnchorGraph.NONE ? null : byRow[row];
    }

    /** Returns the anchors, in no order. */
    List<PooledAnchor> all() {
        return Arrays.asList(all).subList(0, byId.size());
    }

    void add(PooledAnchor anchor, int row) {
        if (byId.size() == all.length) {
            all = Arrays.copyOf(all, 2 * all.length);
        }
        anchor.index = byId.size();
        all[anchor.index] = anchor;
        byId.put(anchor.id(), anchor);
        if (row >= byRow.length) {
            byRow = Arrays.copyOf(byRow, Math.max(row + 1, 2 * byRow.length));
        }
        byRow[row] = anchor;
    }

    /** Removes and returns the anchor with a leader in a row. */
    PooledAnchor remove(int row) {
        PooledAnchor anchor = at(row);
        byRow[row] = null;
        byId.remove(anchor.id());
        PooledAnchor last = all[byId.size()];
        all[anchor.index] = last;
        last.index = anchor.index;
        return anchor;
    }
}
