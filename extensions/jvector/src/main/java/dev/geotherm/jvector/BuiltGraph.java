package dev.geotherm.jvector;

import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.ImmutableGraphIndex;
import io.github.jbellis.jvector.graph.NodesIterator;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;

/**
 * An in-memory graph of vectors that are numbered from 0. One thread builds it, so the same vectors in the same order always
 * produce the same graph.
 */
final class BuiltGraph implements AutoCloseable {
    /** The factor by which a vector may have more neighbours than its degree while the graph is built; JVector's usual value. */
    private static final float OVERFLOW = 1.2f;

    /** The factor by which a neighbour may be nearer to another neighbour than to the vector; JVector's usual value. */
    private static final float ALPHA = 1.2f;

    private final GraphIndexBuilder builder;
    private final ImmutableGraphIndex graph;
    private final ImmutableGraphIndex.View view;

    private BuiltGraph(GraphIndexBuilder builder) {
        this.builder = builder;
        graph = builder.getGraph();
        view = graph.getView();
    }

    /**
     * Builds a graph.
     *
     * @param vectors the comparison of two of the vectors
     * @param count the number of vectors
     * @param dimension the length of the vectors
     * @param degree the maximum number of neighbours of a vector; in the lowest layer twice as many
     * @param beam the number of candidates from which the neighbours of a new vector are chosen
     */
    static BuiltGraph of(RandomVectorScorerSupplier vectors, int count, int dimension, int degree, int beam)
            throws IOException {
        StoredScores scores = new StoredScores(vectors);
        ForkJoinPool thread = new ForkJoinPool(1); // JVector's builder accepts no other kind of executor
        try {
            GraphIndexBuilder builder = new GraphIndexBuilder(
                    scores, dimension, List.of(2 * degree, degree), beam, OVERFLOW, ALPHA, true, true, thread, thread);
            for (int node = 0; node < count; node++) {
                builder.addGraphNode(node, scores.searchProviderFor(node));
            }
            builder.cleanup();
            return new BuiltGraph(builder);
        } catch (RuntimeException failed) {
            throw StoredScores.unreadable(failed);
        } finally {
            thread.shutdown();
        }
    }

    /** Returns the number of vectors in a layer; layer 0 contains all vectors. */
    int size(int layer) {
        return graph.size(layer);
    }

    /** Returns the number of layers. */
    int layers() {
        return size(0) == 0 ? 0 : graph.getMaxLevel() + 1;
    }

    /** Returns the entry point of searches, a vector in the highest layer. */
    int entry() {
        return view.entryNode().node;
    }

    /** Returns the maximum number of neighbours of a vector in layer 0. */
    int degree() {
        return graph.getDegree(0);
    }

    /** Returns the vectors in a layer, in ascending order. */
    int[] nodes(int layer) {
        return sorted(graph.getNodes(layer));
    }

    /** Returns the neighbours of a vector in a layer, in ascending order. */
    int[] neighbours(int layer, int node) {
        return sorted(view.getNeighborsIterator(layer, node));
    }

    private static int[] sorted(NodesIterator nodes) {
        int[] sorted = new int[nodes.size()];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = nodes.nextInt();
        }
        Arrays.sort(sorted);
        return sorted;
    }

    @Override
    public void close() throws IOException {
        view.close();
        builder.close();
    }
}
