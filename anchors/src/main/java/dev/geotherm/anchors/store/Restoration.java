package dev.geotherm.anchors.store;

import dev.geotherm.anchors.vector.RelatedRows;
import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorStore.Member;
import dev.geotherm.api.pool.ObjectPool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The construction of a table from passages with known anchors. Single-threaded, before the store uses the table. */
final class Restoration {
    private final MemoryAnchorsSettings settings;
    private final AnchorStateWriter state;
    private @Nullable AnchorTable table;
    /** The anchors by row. */
    private final List<AnchorId> anchors = new ArrayList<>();

    Restoration(MemoryAnchorsSettings settings, AnchorStateWriter state) {
        this.settings = settings;
        this.state = state;
    }

    void add(Member member) {
        float[] unit = VectorMath.unit(member.embedding(), "passage " + member.id());
        AnchorTable into = table;
        if (into == null) {
            into = new AnchorTable(unit.length, settings, state);
            table = into;
        }
        if (unit.length != into.graph.rows.dimension()) {
            throw new IllegalArgumentException(
                    "passage " + member.id() + ": the embedding must have the length of earlier" + " ones, "
                            + into.graph.rows.dimension() + ", was " + unit.length);
        }
        StoredPassage passage =
                new StoredPassage(member.id(), member.text(), member.metadata(), EpochNanos.of(member.at()));
        int row = into.addUnowned(passage, unit, into.graph.rows.sketch(unit));
        if (row == anchors.size()) {
            anchors.add(member.anchor());
        } else if (!anchors.get(row).equals(member.anchor())) {
            throw new IllegalArgumentException("passage " + member.id() + " must have the anchor " + anchors.get(row)
                    + " of another passage with an equal embedding, was " + member.anchor());
        }
    }

    /**
     * Returns the table, or null if there are no passages.
     *
     * @param operation the operation that receives the acquired anchors if the restoration fails
     */
    @Nullable
    AnchorTable finish(AnchorOperation operation, ObjectPool<PooledAnchor> pool) {
        AnchorTable whole = table;
        if (whole == null) {
            return null;
        }
        AnchorGraph graph = whole.graph;
        graph.relate(RelatedRows.bitsFor(graph.vectors()), settings.consolidation());
        boolean finished = false;
        try {
            Map<AnchorId, Integer> leaders = new HashMap<>();
            for (int row = 0; row < anchors.size(); row++) {
                if (graph.head(row).anchorId().equals(anchors.get(row))) {
                    operation.supplyOne(pool);
                    whole.beginUnowned(operation.take(), row);
                    leaders.put(anchors.get(row), row);
                }
            }
            for (int row = 0; row < anchors.size(); row++) {
                own(whole, row, leaders.get(anchors.get(row)));
            }
            finished = true;
            return whole;
        } finally {
            if (!finished) {
                whole.all().forEach(operation::end);
            }
        }
    }

    private void own(AnchorTable whole, int row, @Nullable Integer leader) {
        AnchorGraph graph = whole.graph;
        String passage = graph.head(row).id;
        if (leader == null) {
            throw new IllegalArgumentException(
                    "passage " + passage + ": no passage leads its anchor " + anchors.get(row));
        }
        if (leader != row) {
            float similarity = graph.rows.cosine(row, leader);
            if (similarity < settings.consolidation() || graph.rows.isZero(row)) {
                throw new IllegalArgumentException("passage " + passage + " is not similar to the leader of its anchor "
                        + anchors.get(row) + ": the cosine is " + similarity);
            }
            whole.own(row, leader, similarity);
        }
    }
}
