package dev.geotherm.jvector;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.hnsw.FlatVectorScorerUtil;
import org.apache.lucene.codecs.hnsw.FlatVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99FlatVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/** A Lucene vector format for segments with one vector field: flat vectors, and a JVector graph in two more files. */
final class JVectorFormat extends KnnVectorsFormat {
    private static final FlatVectorsFormat FLAT =
            new Lucene99FlatVectorsFormat(FlatVectorScorerUtil.getLucene99FlatVectorsScorer());

    private final int degree;
    private final int beam;

    JVectorFormat(int degree, int beam) {
        super("GeothermJVector"); // never stored: the segment's format is that of the passage index
        this.degree = degree;
        this.beam = beam;
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
        return new JVectorWriter(FLAT.fieldsWriter(state), state, degree, beam);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
        return JVectorReader.open(FLAT.fieldsReader(state), state);
    }
}
