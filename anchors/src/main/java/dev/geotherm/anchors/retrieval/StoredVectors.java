package dev.geotherm.anchors.retrieval;

import java.io.IOException;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReader;
import org.jspecify.annotations.Nullable;

/** A reader of the vectors in the file of a segment, forward only. */
final class StoredVectors {
    /** A reader of no vectors. */
    static final StoredVectors NONE = new StoredVectors(null);

    private final @Nullable FloatVectorValues values;

    private StoredVectors(@Nullable FloatVectorValues values) {
        this.values = values;
    }

    static StoredVectors of(LeafReader leaf) throws IOException {
        return new StoredVectors(leaf.getFloatVectorValues(PassageFields.VECTOR));
    }

    /** Returns the length of each vector; 0 if there are none. */
    int dimension() {
        return values == null ? 0 : values.dimension();
    }

    /** Returns the number of vectors, including those of removed passages. */
    int size() {
        return values == null ? 0 : values.size();
    }

    /** Returns the Lucene documents that have a vector, in ascending order; this must not be used again. */
    int[] documents() throws IOException {
        int[] docs = new int[size()];
        for (int i = 0; values != null && i < docs.length; i++) {
            docs[i] = values.nextDoc();
        }
        return docs;
    }

    /** Moves to a document, at or after the last one; returns whether it has a vector. */
    boolean advanceTo(int doc) throws IOException {
        return values != null && (values.docID() >= doc ? values.docID() : values.advance(doc)) == doc;
    }

    /** Returns the vector of the document moved to; the array is used again. */
    float[] vector() throws IOException {
        return values == null ? new float[0] : values.vectorValue();
    }
}
