package dev.geotherm.anchors.store;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.pool.ObjectPool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An operation on a store, which can take several turns under the store's lock. Pooled anchors are acquired and released
 * between turns, because the pool may call foreign code or wait.
 *
 * <p>Used by one thread, under the lock, except {@link #supply} and {@link #release}.
 */
final class AnchorOperation {
    private final List<PooledAnchor> spares = new ArrayList<>(1);
    private final List<PooledAnchor> ended = new ArrayList<>(1);
    /** The passages that the operation moved, with their previous anchors. */
    private final Map<String, AnchorId> before = new LinkedHashMap<>();
    /** The anchors that the operation evicted. */
    final List<AnchorId> evicted = new ArrayList<>(0);

    /** The anchor that a turn began to evict, until it is evicted. */
    @Nullable
    AnchorId evicting;

    private int missing;
    private @Nullable GraphChange plan;

    /** Whether the operation has placed its passage. */
    boolean placed;
    /** Whether the passage leads a new anchor. */
    boolean created;
    /** Whether the passage was already in the store, with the same content. */
    boolean known;

    /** Returns the change planned in an earlier turn if it still applies to the graph, or null. */
    @Nullable
    GraphChange plan(AnchorGraph graph) {
        return plan != null && plan.stamp == graph.changes() ? plan : null;
    }

    /** Returns whether there are enough anchors for a change. If not, keeps the change for the next turn. */
    boolean suffices(GraphChange change) {
        missing = Math.max(0, change.promoted.size() - spares.size());
        plan = missing == 0 ? null : change;
        return missing == 0;
    }

    PooledAnchor take() {
        return spares.remove(spares.size() - 1);
    }

    void end(PooledAnchor anchor) {
        ended.add(anchor);
    }

    /** Records that a passage leaves an anchor. */
    void leaves(String passage, AnchorId anchor) {
        before.putIfAbsent(passage, anchor);
    }

    /** Returns the passages that the operation moved, with their previous anchors. */
    Map<String, AnchorId> moved() {
        return before;
    }

    /** Acquires the anchors that the last turn lacked. */
    void supply(ObjectPool<PooledAnchor> pool) {
        for (; missing > 0; missing--) {
            spares.add(pool.acquire());
        }
    }

    /** Acquires an anchor and keeps it for {@link #take}. */
    void supplyOne(ObjectPool<PooledAnchor> pool) {
        spares.add(pool.acquire());
    }

    /** Releases ended and unused anchors. */
    void release(ObjectPool<PooledAnchor> pool) {
        ended.forEach(pool::release);
        spares.forEach(pool::release);
        ended.clear();
        spares.clear();
    }
}
