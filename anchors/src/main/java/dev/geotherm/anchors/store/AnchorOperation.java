package dev.geotherm.anchors.store;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.pool.ObjectPool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation on a store, which may take several turns under the store's lock: pooled anchors are acquired and released
 * between the turns, because the pool may call foreign code or wait.
 *
 * <p>Used by one thread, under the lock except for {@link #supply} and {@link #release}.
 */
final class AnchorOperation {
    private final List<PooledAnchor> spares = new ArrayList<>(1);
    private final List<PooledAnchor> ended = new ArrayList<>(1);
    /** The passages that the operation moved, with their anchors before. */
    private final Map<String, AnchorId> before = new LinkedHashMap<>();
    /** The anchors that the operation evicted. */
    final List<AnchorId> evicted = new ArrayList<>(0);

    private int missing;
    private @Nullable GraphChange plan;

    /** Whether the operation has placed its passage. */
    boolean placed;
    /** Whether the passage leads a new anchor. */
    boolean created;
    /** Whether the passage was in the store already, with the same content. */
    boolean known;

    /** Returns the change that was planned in an earlier turn, if it still applies to the graph. */
    @Nullable
    GraphChange plan(AnchorGraph graph) {
        return plan != null && plan.stamp == graph.changes() ? plan : null;
    }

    /** Returns whether there are enough anchors for a change; if not, the change is kept for the next turn. */
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

    /** Notes that a passage leaves an anchor. */
    void leaves(String passage, AnchorId anchor) {
        before.putIfAbsent(passage, anchor);
    }

    /** Returns the passages that the operation moved, with their anchors before. */
    Map<String, AnchorId> moved() {
        return before;
    }

    /** Acquires the anchors that the last turn missed. */
    void supply(ObjectPool<PooledAnchor> pool) {
        for (; missing > 0; missing--) {
            spares.add(pool.acquire());
        }
    }

    /** Acquires an anchor and keeps it for {@link #take}. */
    void supplyOne(ObjectPool<PooledAnchor> pool) {
        spares.add(pool.acquire());
    }

    /** Releases the anchors that ended, and those that were not needed. */
    void release(ObjectPool<PooledAnchor> pool) {
        ended.forEach(pool::release);
        spares.forEach(pool::release);
        ended.clear();
        spares.clear();
    }
}
