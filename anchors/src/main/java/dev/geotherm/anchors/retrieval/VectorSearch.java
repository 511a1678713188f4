package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.api.anchor.Filter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/** An exact nearest-neighbour search: compares query vectors with every vector of an index, all of them in one pass. */
final class VectorSearch {
    private final Snapshot snapshot;
    private final List<Nearest> all;
    private final List<BestPassages> best = new ArrayList<>();

    private VectorSearch(Snapshot snapshot, List<Nearest> all) {
        this.snapshot = snapshot;
        this.all = all;
        all.forEach(one -> best.add(new BestPassages(one.limit())));
    }

    /**
     * A search for the passages nearest to a vector.
     *
     * @param vector of length 1 or all zeros; must not be modified
     * @param limit the maximum number of passages
     * @param filter which passages can be found
     */
    @SuppressWarnings("ArrayRecordComponent") // vectors are passed by reference throughout
    record Nearest(float[] vector, int limit, Filter filter) {}

    /** Returns for each search the passages with the highest cosines; none for an all-zero vector. */
    static List<Ranking> search(Snapshot snapshot, List<Nearest> all) throws IOException {
        VectorSearch search = new VectorSearch(snapshot, all);
        for (LeafReaderContext leaf : snapshot.reader().leaves()) {
            search.segment(leaf);
        }
        return search.best.stream().map(BestPassages::drain).toList();
    }

    private void segment(LeafReaderContext leaf) throws IOException {
        SegmentVectors stored = snapshot.vectors(leaf);
        ColumnDots dots = new ColumnDots(stored.width());
        SegmentVectors.Blocks blocks = stored.read(leaf.reader());
        float[] columns = new float[0];
        for (int block = 0; block < stored.blocks(); block++) {
            columns = blocks.next(columns);
            for (int i = 0; i < all.size(); i++) {
                float[] vector = all.get(i).vector();
                if (!VectorMath.isZero(vector)) {
                    Bits accepted = snapshot.accepted(leaf, all.get(i).filter());
                    offer(best.get(i), dots.of(vector, columns), stored, block, leaf.docBase, accepted);
                }
            }
        }
    }

    private void offer(
            BestPassages into, float[] cosines, SegmentVectors stored, int block, int base, @Nullable Bits accepted) {
        for (int column = 0; column < stored.count(block); column++) {
            if (cosines[column] >= into.threshold()) {
                int doc = stored.doc(block, column);
                if (accepted == null || accepted.get(doc)) {
                    into.offer(cosines[column], snapshot.rank(base + doc));
                }
            }
        }
    }
}
