package dev.geotherm.anchors.retrieval;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Passage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.util.BytesRef;

/**
 * The Lucene fields of a passage. The values of a hit are doc values, not stored fields: a stored field would decompress a
 * whole block for each of a thousand hits.
 */
final class PassageFields {
    static final String ID = "id";
    static final String DOCUMENT = "document";
    static final String ANCHOR = "anchor";
    static final String START = "start";
    static final String END = "end";
    static final String SECONDS = "seconds";
    static final String NANOS = "nanos";
    static final String CONTENT = "content";
    static final String VECTOR = "vector";

    private PassageFields() {}

    /** Returns the document of a passage; {@code unit} is its embedding normalised to length 1, or empty without one. */
    static Document write(Passage passage, float[] unit) {
        Document document = new Document();
        document.add(new StringField(ID, passage.id(), Field.Store.NO));
        document.add(new SortedDocValuesField(ID, new BytesRef(passage.id())));
        document.add(new StringField(DOCUMENT, passage.document(), Field.Store.NO));
        document.add(new BinaryDocValuesField(DOCUMENT, new BytesRef(passage.document())));
        AnchorId anchor = passage.anchor();
        if (anchor != null) {
            document.add(new StringField(ANCHOR, anchor.value(), Field.Store.NO));
            document.add(new BinaryDocValuesField(ANCHOR, new BytesRef(anchor.value())));
        }
        document.add(new NumericDocValuesField(START, passage.start()));
        document.add(new NumericDocValuesField(END, passage.end()));
        Instant time = passage.timestamp();
        document.add(new NumericDocValuesField(SECONDS, time.getEpochSecond()));
        document.add(new NumericDocValuesField(NANOS, time.getNano()));
        document.add(new TextField(CONTENT, passage.title() + " " + passage.text(), Field.Store.NO));
        if (unit.length > 0) {
            document.add(new BinaryDocValuesField(VECTOR, bytes(unit)));
        }
        return document;
    }

    /** Decodes a vector. */
    static void floats(BytesRef bytes, float[] into) {
        ByteBuffer.wrap(bytes.bytes, bytes.offset, bytes.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(into);
    }

    private static BytesRef bytes(float[] vector) {
        ByteBuffer buffer = ByteBuffer.allocate(Float.BYTES * vector.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(vector);
        return new BytesRef(buffer.array());
    }
}
