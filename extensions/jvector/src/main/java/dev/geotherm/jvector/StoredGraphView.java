package dev.geotherm.jvector;

import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex.NodeAtLevel;
import io.github.jbellis.jvector.graph.NodesIterator;
import io.github.jbellis.jvector.graph.similarity.ScoreFunction;
import io.github.jbellis.jvector.util.Bits;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.store.IndexInput;
import org.jspecify.annotations.Nullable;

/** A single-threaded view of a stored graph. Read failures are thrown as {@link UncheckedIOException}. */
final class StoredGraphView implements ImmutableGraphIndex.View {
    private final StoredGraph graph;
    private final IndexInput records;
    private final long start;
    private final int[] neighbours;

    /**
     * Creates a view.
     *
     * @param records the file of layer 0, used by this view only
     * @param start the position of the first record
     */
    StoredGraphView(StoredGraph graph, IndexInput records, long start) {
        this.graph = graph;
        this.records = records;
        this.start = start;
        neighbours = new int[graph.maxDegree()];
    }

    @Override
    public NodesIterator getNeighborsIterator(int layer, int node) {
        if (layer > 0) {
            return new NodesIterator.ArrayNodesIterator(graph.upperNeighbours(layer, node));
        }
        try {
            records.seek(start + (long) node * (neighbours.length + 1) * Integer.BYTES);
            int count = records.readInt();
            if (count < 0 || count > neighbours.length) {
                throw new CorruptIndexException("vector " + node + " has " + count + " neighbours", records);
            }
            records.readInts(neighbours, 0, count);
            return new NodesIterator.ArrayNodesIterator(neighbours, count);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void processNeighbors(
            int layer,
            int node,
            ScoreFunction scores,
            ImmutableGraphIndex.IntMarker visited,
            ImmutableGraphIndex.NeighborProcessor processor) {
        NodesIterator all = getNeighborsIterator(layer, node);
        while (all.hasNext()) {
            int neighbour = all.nextInt();
            if (visited.mark(neighbour)) {
                processor.process(neighbour, scores.similarityTo(neighbour));
            }
        }
    }

    @Override
    @Deprecated // deprecated by JVector, which still calls it
    public int size() {
        return graph.size(0);
    }

    @Override
    public @Nullable NodeAtLevel entryNode() {
        return graph.size(0) == 0 ? null : graph.entryNode();
    }

    @Override
    public Bits liveNodes() {
        return Bits.ALL;
    }

    @Override
    public boolean contains(int layer, int node) {
        return graph.contains(layer, node);
    }

    @Override
    public void close() {
        // This view's file is a clone; the graph closes the original.
    }
}
