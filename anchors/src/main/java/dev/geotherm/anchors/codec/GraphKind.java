package dev.geotherm.anchors.codec;

import org.apache.lucene.codecs.KnnVectorsFormat;

/** A kind of vector graph, with which large segments are searched. Safe for use by many threads. */
public interface GraphKind {

    /**
     * Returns the extension of a file that each segment with such a graph has, and no other segment. It is in the files of
     * indexes, so it never changes.
     */
    String extension();

    /**
     * Returns the format of segments with such a graph: vectors in the files of Lucene's flat format {@code
     * Lucene99FlatVectorsFormat}, so that they can be read without the graph, and the graph in further files. It is for
     * writing and reading, and reads graphs of any degree and beam.
     *
     * @param degree the number of neighbours of a vector
     * @param beam the number of candidates from which the neighbours of a new vector are chosen
     */
    KnnVectorsFormat format(int degree, int beam);
}
