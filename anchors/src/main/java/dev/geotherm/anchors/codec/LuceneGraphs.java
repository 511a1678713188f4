package dev.geotherm.anchors.codec;

import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;

/** Lucene's own graphs (HNSW). */
public enum LuceneGraphs implements GraphKind {
    /** The singleton instance. */
    HNSW;

    static final String EXTENSION = "vex";

    @Override
    public String extension() {
        return EXTENSION;
    }

    @Override
    public KnnVectorsFormat format(int degree, int beam) {
        return new Lucene99HnswVectorsFormat(degree, beam);
    }
}
