package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.codec.SegmentGraphFormat;
import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.api.anchor.Filter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.FixedBitSet;
import org.jspecify.annotations.Nullable;

/**
 * A nearest-neighbour search for several query vectors. A large segment is searched by its graph, unless the filter accepts
 * few passages or the limit is high. The passages of other segments are compared with all queries exactly, in one pass.
 */
final class VectorSearch {
    /**
     * The speed-up of a pass over vectors in columns: it costs about as much as individual comparisons with one in this
     * number of vectors.
     */
    private static final int COLUMNS_GAIN = 4;

    private final Snapshot snapshot;
    private final GraphSettings settings;
    private final List<Nearest> all;
    private final List<BestPassages> best = new ArrayList<>();
    private final LongAdder graphSearches;

    private VectorSearch(Snapshot snapshot, GraphSettings settings, List<Nearest> all, LongAdder graphSearches) {
        this.graphSearches = graphSearches;
        this.snapshot = snapshot;
        this.settings = settings;
        this.all = all;
        all.forEach(one -> best.add(new BestPassages(one.limit())));
    }

    /**
     * A search for the passages nearest to a vector.
     *
     * @param vector the query vector, of length 1 or all zeros; must not be modified
     * @param limit the maximum number of passages
     * @param filter the filter of the passages to find
     */
    @SuppressWarnings("ArrayRecordComponent") // vectors are passed by reference throughout
    record Nearest(float[] vector, int limit, Filter filter) {}

    /** Returns the passages with the highest cosines for each search; none for an all-zero vector. */
    static List<Ranking> search(Snapshot snapshot, GraphSettings settings, List<Nearest> all, LongAdder graphSearches)
            throws IOException {
        VectorSearch search = new VectorSearch(snapshot, settings, all, graphSearches);
        for (LeafReaderContext leaf : snapshot.reader().leaves()) {
            search.segment(leaf);
        }
        return search.best.stream().map(BestPassages::drain).toList();
    }

    private void segment(LeafReaderContext leaf) throws IOException {
        int vectors = StoredVectors.of(leaf.reader()).size();
        boolean hasGraph =
                vectors >= settings.fewest() && SegmentGraphFormat.hasGraph(leaf.reader(), PassageFields.VECTOR);
        List<Integer> rest = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (!VectorMath.isZero(all.get(i).vector())
                    && !(hasGraph && byGraph(leaf, vectors, i))
                    && !byRows(leaf, vectors, i)) {
                rest.add(i);
            }
        }
        if (!rest.isEmpty()) {
            byColumns(leaf, rest);
        }
    }

    private boolean byGraph(LeafReaderContext leaf, int vectors, int i) throws IOException {
        Nearest one = all.get(i);
        int accepted = snapshot.acceptedCount(leaf, one.filter());
        GraphSearch search = new GraphSearch(leaf.reader(), vectors, one.limit(), settings);
        if (!search.isFaster(accepted)) {
            return false;
        }
        graphSearches.increment();
        return search.search(
                one.vector(),
                one.limit(),
                snapshot.accepted(leaf, one.filter()),
                accepted,
                (doc, cosine) -> best.get(i).offer(cosine, snapshot.rank(leaf.docBase + doc)));
    }

    /** Compares only the passages that a narrow filter accepts. */
    private boolean byRows(LeafReaderContext leaf, int vectors, int i) throws IOException {
        Nearest one = all.get(i);
        if (one.filter().isNone() || COLUMNS_GAIN * snapshot.acceptedCount(leaf, one.filter()) > vectors) {
            return false;
        }
        StoredVectors stored = StoredVectors.of(leaf.reader());
        FixedBitSet accepted = snapshot.filtered(one.filter()).bits(leaf);
        BitSetIterator docs = new BitSetIterator(accepted, 0);
        for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
            if (stored.advanceTo(doc)) {
                best.get(i).offer(VectorMath.cosine(one.vector(), stored.vector()), snapshot.rank(leaf.docBase + doc));
            }
        }
        return true;
    }

    private void byColumns(LeafReaderContext leaf, List<Integer> searches) throws IOException {
        SegmentVectors stored = snapshot.vectors(leaf);
        ColumnDots dots = new ColumnDots(stored.width());
        SegmentVectors.Blocks blocks = stored.read(leaf.reader());
        float[] columns = new float[0];
        for (int block = 0; block < stored.blocks(); block++) {
            columns = blocks.next(columns);
            for (int i : searches) {
                Bits accepted = snapshot.accepted(leaf, all.get(i).filter());
                offer(best.get(i), dots.of(all.get(i).vector(), columns), stored, block, leaf.docBase, accepted);
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
