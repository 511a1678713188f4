package dev.geotherm.jvector;

import dev.geotherm.anchors.codec.GraphKind;
import org.apache.lucene.codecs.KnnVectorsFormat;

/** The graph kind {@code jvector}. */
enum JVectorGraphs implements GraphKind {
    VAMANA;

    @Override
    public String extension() {
        return GraphFile.EXTENSION;
    }

    @Override
    public KnnVectorsFormat format(int degree, int beam) {
        return new JVectorFormat(degree, beam);
    }
}
