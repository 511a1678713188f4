package dev.geotherm.jvector;

import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.SearchResult;
import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.hnsw.FlatVectorsReader;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.search.KnnCollector;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.IOUtils;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.jspecify.annotations.Nullable;

/** A reader of one segment's vectors, which searches their graph. */
final class JVectorReader extends KnnVectorsReader {
    private final FlatVectorsReader vectors;
    private final StoredGraph graph;

    private JVectorReader(FlatVectorsReader vectors, StoredGraph graph) {
        this.vectors = vectors;
        this.graph = graph;
    }

    /** Opens the graph of a segment; closes {@code vectors} if that fails. */
    static JVectorReader open(FlatVectorsReader vectors, SegmentReadState state) throws IOException {
        try {
            int dimension = 0;
            for (FieldInfo field : state.fieldInfos) {
                dimension = Math.max(dimension, field.getVectorDimension());
            }
            return new JVectorReader(vectors, GraphFile.read(state, dimension));
        } catch (IOException | RuntimeException failed) {
            IOUtils.closeWhileHandlingException(vectors);
            throw failed;
        }
    }

    @Override
    public void search(String field, float[] target, KnnCollector nearest, @Nullable Bits acceptedDocs)
            throws IOException {
        RandomVectorScorer scorer = vectors.getRandomVectorScorer(field, target);
        Bits accepted = acceptedDocs == null ? null : scorer.getAcceptOrds(acceptedDocs);
        try (GraphSearcher searcher = new GraphSearcher(graph)) {
            SearchResult result = searcher.search(
                    StoredScores.of(scorer),
                    Math.min(nearest.k(), scorer.maxOrd()),
                    node -> accepted == null || accepted.get(node));
            if (result.getVisitedCount() > 0) {
                nearest.incVisitedCount(result.getVisitedCount());
            }
            for (SearchResult.NodeScore each : result.getNodes()) {
                nearest.collect(scorer.ordToDoc(each.node), each.score);
            }
        } catch (RuntimeException failed) {
            throw StoredScores.unreadable(failed);
        }
    }

    @Override
    public void search(String field, byte[] target, KnnCollector nearest, @Nullable Bits acceptedDocs) {
        throw new UnsupportedOperationException("vectors of bytes have no graph");
    }

    @Override
    public FloatVectorValues getFloatVectorValues(String field) throws IOException {
        return vectors.getFloatVectorValues(field);
    }

    @Override
    public ByteVectorValues getByteVectorValues(String field) throws IOException {
        return vectors.getByteVectorValues(field);
    }

    @Override
    public void checkIntegrity() throws IOException {
        vectors.checkIntegrity();
        graph.checkIntegrity();
    }

    @Override
    public long ramBytesUsed() {
        return vectors.ramBytesUsed() + graph.ramBytesUsed();
    }

    @Override
    public void close() throws IOException {
        IOUtils.close(vectors, graph);
    }
}
