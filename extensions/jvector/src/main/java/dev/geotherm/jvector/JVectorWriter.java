package dev.geotherm.jvector;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.codecs.KnnFieldVectorsWriter;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.hnsw.FlatFieldVectorsWriter;
import org.apache.lucene.codecs.hnsw.FlatVectorsWriter;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.MergeState;
import org.apache.lucene.index.SegmentWriteState;
import org.apache.lucene.index.Sorter;
import org.apache.lucene.util.IOUtils;
import org.apache.lucene.util.hnsw.CloseableRandomVectorScorerSupplier;
import org.apache.lucene.util.hnsw.RandomAccessVectorValues;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;
import org.jspecify.annotations.Nullable;

/** A writer of one segment's vectors and their graph. */
final class JVectorWriter extends KnnVectorsWriter {
    private final FlatVectorsWriter vectors;
    private final SegmentWriteState state;
    private final int degree;
    private final int beam;
    private @Nullable FieldInfo field;
    private @Nullable FlatFieldVectorsWriter<?> ofField;

    JVectorWriter(FlatVectorsWriter vectors, SegmentWriteState state, int degree, int beam) {
        this.vectors = vectors;
        this.state = state;
        this.degree = degree;
        this.beam = beam;
    }

    @Override
    public KnnFieldVectorsWriter<?> addField(FieldInfo added) throws IOException {
        FlatFieldVectorsWriter<?> writer = vectors.addField(added);
        field = added;
        ofField = writer;
        return writer;
    }

    @Override
    public void flush(int maxDoc, Sorter.@Nullable DocMap sorted) throws IOException {
        vectors.flush(maxDoc, sorted);
        if (field != null && ofField != null) {
            @SuppressWarnings("unchecked") // a float vector field has float arrays
            List<float[]> values = (List<float[]>) ofField.getVectors();
            writeGraph(
                    field,
                    vectors.getFlatVectorScorer()
                            .getRandomVectorScorerSupplier(
                                    field.getVectorSimilarityFunction(),
                                    RandomAccessVectorValues.fromFloats(values, field.getVectorDimension())),
                    values.size());
        }
    }

    @Override
    public void mergeOneField(FieldInfo merged, MergeState state) throws IOException {
        try (CloseableRandomVectorScorerSupplier scorers = vectors.mergeOneFieldToIndex(merged, state)) {
            writeGraph(merged, scorers, scorers.totalVectorCount());
        }
    }

    private void writeGraph(FieldInfo of, RandomVectorScorerSupplier scorers, int count) throws IOException {
        try (BuiltGraph graph = BuiltGraph.of(scorers, count, of.getVectorDimension(), degree, beam)) {
            GraphFile.write(state, graph);
        }
    }

    @Override
    public void finish() throws IOException {
        vectors.finish();
    }

    @Override
    public long ramBytesUsed() {
        return vectors.ramBytesUsed();
    }

    @Override
    public void close() throws IOException {
        IOUtils.close(vectors);
    }
}
