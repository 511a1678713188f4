package dev.geotherm.anchors.store;

import static java.util.Objects.requireNonNull;

import dev.geotherm.anchors.vector.RelatedRows;
import dev.geotherm.anchors.vector.Sketch;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorStore.Similar;
import dev.geotherm.api.anchor.Cluster;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The passages of a store and their anchors: adds and removes passages, and applies the changes of the graph that follow.
 *
 * <p>A method that may need pooled anchors returns false if the operation has too few; nothing of that step has changed
 * then, and the operation calls it again with more. Guarded by the store's lock.
 */
final class AnchorTable {
    final AnchorGraph graph;
    private final LeaderRepair repair;
    private final AnchorStateWriter state;
    private final Map<String, StoredPassage> passages = new HashMap<>();
    private final Map<AnchorId, PooledAnchor> byId = new HashMap<>();
    private final ExpiryQueue expiries = new ExpiryQueue();
    private final List<PooledAnchor> unsettled = new ArrayList<>();
    /** The anchors, in no order. */
    private PooledAnchor[] all = new PooledAnchor[16];
    /** By the row of its leader. */
    private @Nullable PooledAnchor[] byRow = {};

    private MemoryAnchorsSettings settings;
    private @Nullable Groups groups;
    private long created;
    private long ended;
    private long evicted;

    AnchorTable(int dimension, MemoryAnchorsSettings settings, AnchorStateWriter state) {
        this.settings = settings;
        this.state = state;
        graph = new AnchorGraph(dimension, settings.consolidation());
        repair = new LeaderRepair(graph);
    }

    int size() {
        return byId.size();
    }

    int passages() {
        return passages.size();
    }

    long created() {
        return created;
    }

    long evicted() {
        return evicted;
    }

    long dissolved() {
        return ended - evicted;
    }

    MemoryAnchorsSettings settings() {
        return settings;
    }

    @Nullable
    PooledAnchor find(AnchorId id) {
        return byId.get(id);
    }

    /** Returns the anchor of the passage with the given id, or null if there is no such passage. */
    @Nullable
    PooledAnchor anchorOfIdOrNull(String id) {
        StoredPassage passage = passages.get(id);
        return passage == null ? null : anchorAt(graph.owner(passage.row));
    }

    PooledAnchor anchorOfId(String id) {
        return requireNonNull(anchorOfIdOrNull(id), "anchor");
    }

    @Nullable
    StoredPassage passage(String id) {
        return passages.get(id);
    }

    /** Returns the anchor of a passage in the store. */
    PooledAnchor anchorOf(StoredPassage passage) {
        return anchorAt(graph.owner(passage.row));
    }

    private PooledAnchor anchorAt(int leaderRow) {
        return requireNonNull(byRow[leaderRow], "anchor");
    }

    /** Returns the anchors, in no order. */
    List<PooledAnchor> all() {
        return Arrays.asList(all).subList(0, byId.size());
    }

    /** Returns the anchors whose leaders are most similar to a unit vector, best first. */
    List<Similar> nearest(float[] unit, Sketch sketch, int limit) {
        int row = graph.rows.stage(unit, sketch);
        if (graph.vectors() == 0 || graph.rows.isZero(row)) {
            return List.of();
        }
        NearestAnchors best = new NearestAnchors(Math.min(limit, size()));
        int equal = graph.rows.find(unit, sketch);
        int count = graph.leaders().find(row);
        for (int i = 0; i < count; i++) {
            offer(best, row, equal, graph.leaders().found()[i]);
        }
        if (best.isFullOf(graph.consolidation())) {
            return best.sorted();
        }
        // The index misses too many distant leaders: compare all.
        NearestAnchors all = new NearestAnchors(Math.min(limit, size()));
        for (PooledAnchor anchor : all()) {
            if (!graph.rows.isZero(anchor.leader().row)) {
                offer(all, row, equal, anchor.leader().row);
            }
        }
        return all.sorted();
    }

    private void offer(NearestAnchors best, int row, int equal, int leader) {
        graph.countComparisons(1);
        // The cosine of equal vectors is 1, without rounding.
        best.offer(anchorAt(leader).id(), leader == equal ? 1 : graph.rows.cosine(row, leader));
    }

    /** Returns the clusters of a similarity; their members are kept until the anchors change. */
    List<Cluster> clusters(double similarity, long now) {
        Groups known = groups;
        if (known == null || known.similarity() != similarity || known.changes() != created + ended) {
            List<PooledAnchor> withVectors = all().stream()
                    .filter(anchor -> !graph.rows.isZero(anchor.leader().row))
                    .toList();
            known = new Groups(similarity, created + ended, ClusterFinder.find(graph, withVectors, similarity));
            groups = known;
        }
        return ClusterFinder.clusters(known.groups(), now, settings);
    }

    /** The groups of one similarity, valid until an anchor begins or ends. */
    private record Groups(double similarity, long changes, List<List<PooledAnchor>> groups) {}

    /** Adds a passage with a unit vector, or replaces the one with the same id. */
    boolean put(AnchorOperation operation, StoredPassage passage, float[] unit, Sketch sketch) {
        StoredPassage old = passages.get(passage.id);
        if (old != null) {
            if (Arrays.equals(graph.rows.copy(old.row), unit)) {
                replace(operation, old, passage);
                return true;
            }
            if (!remove(operation, old)) {
                return false;
            }
        }
        int row = graph.rows.find(unit, sketch);
        return row >= 0 ? join(operation, passage, row) : place(operation, passage, unit, sketch);
    }

    private void replace(AnchorOperation operation, StoredPassage old, StoredPassage passage) {
        if (old.text.equals(passage.text) && old.context.equals(passage.context)) {
            operation.known = true;
            return;
        }
        PooledAnchor anchor = anchorOf(old);
        passage.row = old.row;
        passage.next = old.next;
        passage.previous = old.previous;
        if (passage.next != null) {
            passage.next.previous = passage;
        }
        if (passage.previous != null) {
            passage.previous.next = passage;
        } else {
            graph.head(passage.row, passage);
        }
        graph.changed();
        passages.put(passage.id, passage);
        anchor.remove(graph, old);
        anchor.add(graph, passage, settings);
        if (anchor.leader() == old) {
            anchor.leader(passage);
        }
        touch(anchor);
    }

    private boolean place(AnchorOperation operation, StoredPassage passage, float[] unit, Sketch sketch) {
        if (!fit(operation, graph.vectors() + 1)) {
            return false;
        }
        passage.row = graph.rows.stage(unit, sketch);
        GraphChange known = operation.plan(graph);
        if (!apply(operation, known != null ? known : repair.plan(passage.row, passage))) {
            return false;
        }
        passages.put(passage.id, passage);
        return true;
    }

    /** Adds a passage to the row of an equal vector. */
    private boolean join(AnchorOperation operation, StoredPassage passage, int row) {
        StoredPassage head = graph.head(row);
        passage.row = row;
        if (passage.isBefore(head)) {
            passage.next = head;
            GraphChange known = operation.plan(graph);
            GraphChange change = known != null ? known : repair.plan(row, passage);
            if (!apply(operation, change)) {
                return false;
            }
            head.previous = passage;
            if (!change.movesRow()) {
                added(passage);
            }
        } else {
            passage.previous = head;
            passage.next = head.next;
            head.next = passage;
            if (passage.next != null) {
                passage.next.previous = passage;
            }
            added(passage);
        }
        passages.put(passage.id, passage);
        return true;
    }

    private void added(StoredPassage passage) {
        graph.changed();
        PooledAnchor anchor = anchorOf(passage);
        anchor.add(graph, passage, settings);
        touch(anchor);
    }

    /** Removes a passage. */
    boolean remove(AnchorOperation operation, StoredPassage passage) {
        StoredPassage next = passage.next;
        StoredPassage previous = passage.previous;
        if (previous != null) {
            previous.next = next;
            if (next != null) {
                next.previous = previous;
            }
            removed(passage);
        } else if (next == null) {
            GraphChange known = operation.plan(graph);
            if (!apply(operation, known != null ? known : repair.plan(passage.row, null))) {
                return false;
            }
        } else {
            StoredPassage best = bestAfter(passage);
            GraphChange known = operation.plan(graph);
            GraphChange change = known != null ? known : repair.plan(passage.row, best);
            if (!apply(operation, change)) {
                return false;
            }
            best.previous = null;
            if (!change.movesRow()) {
                removed(passage);
            }
        }
        passages.remove(passage.id);
        return true;
    }

    private void removed(StoredPassage passage) {
        graph.changed();
        PooledAnchor anchor = anchorAt(graph.owner(passage.row));
        anchor.remove(graph, passage);
        touch(anchor);
    }

    /** Moves the best of the passages behind a first one to the second place, and returns it. */
    private static StoredPassage bestAfter(StoredPassage first) {
        StoredPassage best = requireNonNull(first.next);
        for (StoredPassage each = best.next; each != null; each = each.next) {
            best = each.isBefore(best) ? each : best;
        }
        StoredPassage second = requireNonNull(first.next);
        if (best != second) {
            StoredPassage before = requireNonNull(best.previous);
            before.next = best.next;
            if (best.next != null) {
                best.next.previous = before;
            }
            best.previous = first;
            best.next = second;
            second.previous = best;
            first.next = best;
        }
        return best;
    }

    /** Adds a passage whose anchor is known, without an owner yet; returns its row. */
    int addUnowned(StoredPassage passage, float[] unit, Sketch sketch) {
        if (passages.putIfAbsent(passage.id, passage) != null) {
            throw new IllegalArgumentException("the passage " + passage.id + " occurs twice");
        }
        int row = graph.rows.find(unit, sketch);
        if (row < 0) {
            passage.row = graph.rows.stage(unit, sketch);
            graph.add(passage.row, passage);
            return passage.row;
        }
        passage.row = row;
        StoredPassage head = graph.head(row);
        StoredPassage first = passage.isBefore(head) ? passage : head;
        StoredPassage second = first == head ? passage : head;
        if (first == head) {
            second.next = head.next;
            if (head.next != null) {
                head.next.previous = second;
            }
        }
        first.next = second;
        second.previous = first;
        graph.head(row, first);
        return row;
    }

    /** Begins the anchor of a row without an owner. */
    void beginUnowned(PooledAnchor anchor, int row) {
        begin(anchor, row);
        own(row, row, 1);
    }

    /** Gives a row without an owner to one. */
    void own(int row, int owner, float similarity) {
        graph.attach(row, owner, similarity);
        PooledAnchor anchor = anchorAt(owner);
        anchor.addRow(graph, row, settings);
        touch(anchor);
    }

    /** Continues the counts of an earlier table. */
    void continueCounts(AnchorTable earlier) {
        created += earlier.created;
        ended += earlier.ended;
        evicted += earlier.evicted;
        graph.countComparisons(earlier.graph.comparisons());
    }

    /** Adapts the relation to the settings and to a number of vectors. */
    boolean fit(AnchorOperation operation, int vectors) {
        if (graph.isRelated(RelatedRows.bitsFor(vectors), settings.consolidation())) {
            return true;
        }
        GraphChange known = operation.plan(graph);
        return apply(
                operation,
                known != null
                        ? known
                        : GreedyLeaders.plan(graph, RelatedRows.bitsFor(vectors), settings.consolidation()));
    }

    /** Changes the settings; the relation follows with {@link #fit}. */
    void settings(MemoryAnchorsSettings newSettings) {
        settings = newSettings;
        for (PooledAnchor anchor : all()) {
            anchor.invalidate();
            touch(anchor);
        }
    }

    private boolean apply(AnchorOperation operation, GraphChange change) {
        if (!operation.suffices(change)) {
            return false;
        }
        noteMoves(operation, change.moved);
        for (int i = 0; i < change.demoted.size(); i++) {
            end(operation, change.demoted.get(i));
        }
        for (int i = 0; i < change.moved.size(); i++) {
            leave(change.moved.get(i));
        }
        if (change.row != AnchorGraph.NONE) {
            changeRow(change.row, change.head);
        }
        if (change.bits != AnchorGraph.NONE) {
            graph.relate(change.bits, change.consolidation);
        }
        for (int i = 0; i < change.promoted.size(); i++) {
            begin(operation.take(), change.promoted.get(i));
        }
        for (int i = 0; i < change.moved.size(); i++) {
            int row = change.moved.get(i);
            own(row, change.owner(i), change.similarity(i));
        }
        return true;
    }

    private void noteMoves(AnchorOperation operation, RowList moved) {
        for (int i = 0; i < moved.size(); i++) {
            int owner = graph.owner(moved.get(i));
            if (owner != AnchorGraph.NONE) {
                AnchorId id = anchorAt(owner).id();
                for (StoredPassage each = graph.head(moved.get(i)); each != null; each = each.next) {
                    operation.leaves(each.id, id);
                }
            }
        }
    }

    private void changeRow(int row, @Nullable StoredPassage head) {
        if (head == null) {
            leave(row);
            graph.remove(row);
        } else if (graph.headOrNull(row) == null) {
            graph.add(row, head);
        } else {
            graph.head(row, head);
        }
    }

    /** Takes a row out of its anchor, unless the anchor has ended. */
    private void leave(int row) {
        int owner = graph.owner(row);
        PooledAnchor anchor = owner == AnchorGraph.NONE ? null : byRow[owner];
        if (anchor != null) {
            anchor.removeRow(graph, row);
            touch(anchor);
        }
        graph.detach(row);
    }

    private void begin(PooledAnchor anchor, int row) {
        created++;
        anchor.begin(graph.head(row));
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

    private void end(AnchorOperation operation, int row) {
        ended++;
        PooledAnchor anchor = anchorAt(row);
        byRow[row] = null;
        byId.remove(anchor.id());
        PooledAnchor last = all[byId.size()];
        all[anchor.index] = last;
        last.index = anchor.index;
        expiries.remove(anchor);
        state.removed(anchor);
        anchor.unsettled = false;
        operation.end(anchor);
    }

    private void touch(PooledAnchor anchor) {
        if (!anchor.unsettled) {
            anchor.unsettled = true;
            unsettled.add(anchor);
        }
    }

    /** Brings the anchors up to date; called before the lock is released. */
    void settle() {
        for (PooledAnchor anchor : unsettled) {
            if (anchor.unsettled) {
                anchor.unsettled = false;
                anchor.settle(graph, settings);
                expiries.update(anchor);
                state.changed(anchor, true);
            }
        }
        unsettled.clear();
    }

    /** Evicts the anchors that are old or cold. */
    boolean evictExpired(AnchorOperation operation, long now) {
        for (PooledAnchor first = first(null); first != null && first.expiry < now; first = first(null)) {
            if (!evict(operation, first)) {
                return false;
            }
        }
        return true;
    }

    /** Evicts the anchors beyond the capacity, but not the given one. */
    boolean evictSurplus(AnchorOperation operation, @Nullable PooledAnchor except) {
        while (settings.maxAnchors() > 0 && size() > settings.maxAnchors()) {
            PooledAnchor first = first(except);
            if (first == null) {
                return true;
            }
            if (!evict(operation, first)) {
                return false;
            }
        }
        return true;
    }

    private @Nullable PooledAnchor first(@Nullable PooledAnchor except) {
        settle();
        return expiries.first(except);
    }

    /** Removes all passages of an anchor: the first one of its leader's vector last, which ends it. */
    private boolean evict(AnchorOperation operation, PooledAnchor anchor) {
        AnchorId id = anchor.id();
        for (StoredPassage passage : anchor.passages(graph)) {
            operation.leaves(passage.id, id);
            if (passage != anchor.leader() && !remove(operation, passage)) {
                return false;
            }
        }
        if (!remove(operation, anchor.leader())) {
            return false;
        }
        evicted++;
        operation.evicted.add(id);
        return true;
    }
}
