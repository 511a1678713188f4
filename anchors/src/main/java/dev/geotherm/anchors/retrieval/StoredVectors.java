package dev.geotherm.anchors.retrieval;

import java.io.IOException;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReader;
import org.jspecify.annotations.Nullable;

/** A forward-only reader of the vectors in a segment's file. */
final class StoredVectors {
    /** A reader without vectors. */
    static final StoredVectors NONE = new StoredVectors(null);

    private final @Nullable FloatVectorValues values;

    private StoredVectors(@Nullable FloatVectorValues values) {
        this.values = values;
    }

    static StoredVectors of(LeafReader leaf) throws IOException {
        return new StoredVectors(leaf.getFloatVectorValues(PassageFields.VECTOR));
    }

    /** Returns the length of the vectors; 0 if there are none. */
    int dimension() {
        return values == null ? 0 : values.dimension();
    }

    /** Returns the number of vectors, including those of removed passages. */
    int size() {
        return values == null ? 0 : values.size();
    }

    /** Returns the Lucene documents with a vector, in ascending order. This reader must not be used afterwards. */
    int[] documents() throws IOException {
        int[] docs = new int[size()];
        for (int i = 0; values != null && i < docs.length; i++) {
            docs[i] = values.nextDoc();
        }
        return docs;
    }

    /** Advances to a document at or after the current one, and returns whether it has a vector. */
    boolean advanceTo(int doc) throws IOException {
        return values != null && (values.docID() >= doc ? values.docID() : values.advance(doc)) == doc;
    }

    /** Returns the vector of the current document. The array is reused. */
    float[] vector() throws IOException {
        return values == null ? new float[0] : values.vectorValue();
    }
}
