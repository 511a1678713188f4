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
 * The passages of a store and their anchors. It adds and removes passages, and applies the resulting changes of the graph.
 *
 * <p>A method that can need pooled anchors returns false if the operation has too few. It has then changed nothing, and the
 * operation repeats the call with more. Guarded by the store's lock.
 */
// Long because each step that must not be interrupted by a missing anchor is here; what it changes is in the graph.
final class AnchorTable {
    final AnchorGraph graph;
    private final LeaderRepair repair;
    private final AnchorStateWriter state;
    private final Map<String, StoredPassage> passages = new HashMap<>();
    private final AnchorDirectory anchors = new AnchorDirectory();
    private final AnchorSearch search;
    final AnchorEviction eviction = new AnchorEviction(this);
    private final ExpiryQueue expiries = new ExpiryQueue();
    private final List<PooledAnchor> unsettled = new ArrayList<>();
    private MemoryAnchorsSettings settings;
    private long created;
    private long ended;

    AnchorTable(int dimension, MemoryAnchorsSettings settings, AnchorStateWriter state) {
        this.settings = settings;
        this.state = state;
        graph = new AnchorGraph(dimension, settings.consolidation());
        repair = new LeaderRepair(graph);
        search = new AnchorSearch(graph, anchors);
    }

    int size() {
        return anchors.size();
    }

    int passages() {
        return passages.size();
    }

    long created() {
        return created;
    }

    long dissolved() {
        return ended - eviction.evicted();
    }

    MemoryAnchorsSettings settings() {
        return settings;
    }

    @Nullable
    PooledAnchor find(AnchorId id) {
        return anchors.find(id);
    }

    /** Returns the anchor of the passage with the given id, or null if there is no such passage. */
    @Nullable
    PooledAnchor anchorOfIdOrNull(String id) {
        StoredPassage passage = passages.get(id);
        return passage == null ? null : anchors.at(graph.owner(passage.row));
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
        return anchors.at(graph.owner(passage.row));
    }

    /** Returns the anchors, in no order. */
    List<PooledAnchor> all() {
        return anchors.all();
    }

    /** Throws an exception if the given length is not the length of the table's vectors. */
    void requireLength(int length) {
        if (length != graph.rows.dimension()) {
            throw new IllegalArgumentException(
                    "an embedding must have the length of earlier ones, " + graph.rows.dimension() + ", was " + length);
        }
    }

    /** Returns the anchors with the leaders most similar to a unit vector, best first. */
    List<Similar> nearest(float[] unit, Sketch sketch, int limit) {
        return search.nearest(unit, sketch, limit);
    }

    /** Returns the clusters for a similarity. Their members are cached until the anchors change. */
    List<Cluster> clusters(double similarity, long now) {
        return search.clusters(similarity, created + ended, now, settings);
    }

    /** Adds a passage with a unit vector, or replaces the passage with the same id. */
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
        passage.replace(old);
        if (passage.previous == null) {
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
        if (!apply(operation, plan(operation, passage.row, passage))) {
            return false;
        }
        passages.put(passage.id, passage);
        return true;
    }

    /** Returns the change that the operation planned earlier, or plans a new change of a row. */
    private GraphChange plan(AnchorOperation operation, int row, @Nullable StoredPassage head) {
        GraphChange known = operation.plan(graph);
        return known != null && known.isFor(row, head) ? known : repair.plan(row, head);
    }

    /** Adds a passage to the row of an equal vector. */
    private boolean join(AnchorOperation operation, StoredPassage passage, int row) {
        StoredPassage head = graph.head(row);
        passage.row = row;
        if (passage.isBefore(head)) {
            passage.next = head;
            GraphChange change = plan(operation, row, passage);
            if (!apply(operation, change)) {
                return false;
            }
            head.previous = passage;
            if (!change.movesRow()) {
                added(passage);
            }
        } else {
            passage.addBehind(head);
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
            passage.unlinkFrom(previous);
            removed(passage);
        } else if (next == null) {
            if (!apply(operation, plan(operation, passage.row, null))) {
                return false;
            }
        } else {
            StoredPassage best = passage.bestBehind();
            GraphChange change = plan(operation, passage.row, best);
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
        PooledAnchor anchor = anchors.at(graph.owner(passage.row));
        anchor.remove(graph, passage);
        touch(anchor);
    }

    /** Adds a passage with a known anchor, still without an owner, and returns its row. */
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
        if (passage.isBefore(head)) {
            passage.next = head;
            head.previous = passage;
            graph.head(row, passage);
        } else {
            passage.addBehind(head);
        }
        return row;
    }

    /** Begins the anchor of a row that has no owner. */
    void beginUnowned(PooledAnchor anchor, int row) {
        begin(anchor, row);
        own(row, row, 1);
    }

    /** Attaches a row that has no owner to an owner. */
    void own(int row, int owner, float similarity) {
        graph.attach(row, owner, similarity);
        PooledAnchor anchor = anchors.at(owner);
        anchor.addRow(graph, row, settings);
        touch(anchor);
    }

    /** Takes over the counts of an earlier table. */
    void continueCounts(AnchorTable earlier) {
        created += earlier.created;
        ended += earlier.ended;
        eviction.continueCount(earlier.eviction);
        graph.countComparisons(earlier.graph.comparisons());
    }

    /** Adapts the relation to the settings and to a number of vectors. */
    boolean fit(AnchorOperation operation, int vectors) {
        int bits = RelatedRows.bitsFor(vectors);
        double consolidation = settings.consolidation();
        if (graph.isRelated(bits, consolidation)) {
            return true;
        }
        GraphChange known = operation.plan(graph);
        return apply(
                operation,
                known != null && known.isFor(bits, consolidation)
                        ? known
                        : GreedyLeaders.plan(graph, bits, consolidation));
    }

    /** Changes the settings; {@link #fit} then adapts the relation. */
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
                AnchorId id = anchors.at(owner).id();
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

    /** Removes a row from its anchor, unless the anchor has ended. */
    private void leave(int row) {
        int owner = graph.owner(row);
        PooledAnchor anchor = anchors.atOrNull(owner);
        if (anchor != null) {
            anchor.removeRow(graph, row);
            touch(anchor);
        }
        graph.detach(row);
    }

    private void begin(PooledAnchor anchor, int row) {
        created++;
        anchor.begin(graph.head(row));
        anchors.add(anchor, row);
    }

    private void end(AnchorOperation operation, int row) {
        ended++;
        PooledAnchor anchor = anchors.remove(row);
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

    /** Returns the next anchor to evict other than the given one, or null if there is none. */
    @Nullable
    PooledAnchor first(@Nullable PooledAnchor except) {
        settle();
        return expiries.first(except);
    }
}
