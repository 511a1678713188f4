package dev.geotherm.anchors.codec;

import org.apache.lucene.codecs.KnnVectorsFormat;

/** A kind of vector graph for searching large segments. Implementations must be thread-safe. */
public interface GraphKind {

    /**
     * Returns the extension of a file that exists exactly for the segments with such a graph. It is part of index files, so
     * it must never change.
     */
    String extension();

    /**
     * Returns the format of segments with such a graph. It keeps vectors in the files of Lucene's flat format {@code
     * Lucene99FlatVectorsFormat}, which can be read without the graph, and the graph in further files. It writes graphs with
     * the given degree and beam, and reads graphs with any.
     *
     * @param degree the maximum number of neighbours of a vector
     * @param beam the number of candidates from which the neighbours of a new vector are chosen
     */
    KnnVectorsFormat format(int degree, int beam);
}
