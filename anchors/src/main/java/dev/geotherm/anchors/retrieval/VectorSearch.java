package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.vector.VectorMath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.util.Bits;

/** An exact nearest-neighbour search: compares query vectors with every vector of an index, all of them in one pass. */
final class VectorSearch {
    private final Snapshot snapshot;
    private final List<float[]> vectors;
    private final List<BestPassages> best = new ArrayList<>();

    private VectorSearch(Snapshot snapshot, List<float[]> vectors, List<Integer> limits) {
        this.snapshot = snapshot;
        this.vectors = vectors;
        limits.forEach(limit -> best.add(new BestPassages(limit)));
    }

    /**
     * Returns for each vector the passages with the highest cosines; none for an all-zero vector.
     *
     * @param vectors each of length 1 or all zeros
     * @param limits for each vector the maximum number of passages
     */
    static List<Ranking> search(Snapshot snapshot, List<float[]> vectors, List<Integer> limits) throws IOException {
        VectorSearch search = new VectorSearch(snapshot, vectors, limits);
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
            for (int i = 0; i < vectors.size(); i++) {
                if (!VectorMath.isZero(vectors.get(i))) {
                    offer(best.get(i), dots.of(vectors.get(i), columns), stored, block, leaf);
                }
            }
        }
    }

    private void offer(BestPassages into, float[] cosines, SegmentVectors stored, int block, LeafReaderContext leaf) {
        Bits live = leaf.reader().getLiveDocs();
        for (int column = 0; column < stored.count(block); column++) {
            if (cosines[column] >= into.threshold()) {
                int doc = stored.doc(block, column);
                if (live == null || live.get(doc)) {
                    into.offer(cosines[column], snapshot.rank(leaf.docBase + doc));
                }
            }
        }
    }
}
