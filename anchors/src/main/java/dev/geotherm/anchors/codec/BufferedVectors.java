package dev.geotherm.anchors.codec;

import java.io.IOException;
import java.util.Arrays;
import org.apache.lucene.codecs.KnnFieldVectorsWriter;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.index.FieldInfo;

/** The vectors of one field of a segment before its flush. */
final class BufferedVectors extends KnnFieldVectorsWriter<float[]> {
    private static final int OVERHEAD = 24; // bytes for an array, its reference and its document number

    private final FieldInfo field;
    private float[][] vectors = new float[16][];
    private int[] docs = new int[16];
    private int size;

    BufferedVectors(FieldInfo field) {
        this.field = field;
    }

    int size() {
        return size;
    }

    @Override
    public void addValue(int doc, float[] vector) {
        if (size == docs.length) {
            docs = Arrays.copyOf(docs, 2 * size);
            vectors = Arrays.copyOf(vectors, 2 * size);
        }
        docs[size] = doc;
        vectors[size++] = copyValue(vector);
    }

    @Override
    public float[] copyValue(float[] vector) {
        return vector.clone();
    }

    /** Moves all vectors to a writer, which copies them, without keeping any vector twice. */
    void moveTo(KnnVectorsWriter writer) throws IOException {
        @SuppressWarnings("unchecked") // a float vector field has float arrays
        KnnFieldVectorsWriter<float[]> into = (KnnFieldVectorsWriter<float[]>) writer.addField(field);
        for (int i = 0; i < size; i++) {
            float[] vector = vectors[i];
            vectors[i] = new float[0];
            into.addValue(docs[i], vector);
        }
        size = 0;
    }

    @Override
    public long ramBytesUsed() {
        return (long) size * (OVERHEAD + (long) field.getVectorDimension() * Float.BYTES);
    }
}
