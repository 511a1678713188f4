package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.analysis.LanguageText;
import dev.geotherm.anchors.analysis.TextAnalyzer;
import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Passage;
import java.time.Instant;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * The Lucene fields of a passage. Values are doc values and a vector, not stored fields, because reading a stored field
 * decompresses a whole block per hit. Ids have two forms, one for ordering and one for faster reading. The anchor has a
 * single form, which can be updated in place.
 */
final class PassageFields {
    static final String ID = "id";
    static final String ID_TEXT = "idText";
    static final String DOCUMENT = "document";
    static final String DOCUMENT_ORDER = "documentOrder";
    static final String ANCHOR = "anchor";
    static final String START = "start";
    static final String END = "end";
    static final String SECONDS = "seconds";
    static final String NANOS = "nanos";
    static final String CONTENT = "content";
    static final String LENGTH = "length";
    static final String LANGUAGE = "language";
    static final String VECTOR = "vector";
    static final String TITLE = "title";
    static final String TEXT = "text";
    static final String SOURCE = "source";
    static final String HASH = "hash";
    static final String INGESTED_SECONDS = "ingestedSeconds";
    static final String INGESTED_NANOS = "ingestedNanos";

    private PassageFields() {}

    /**
     * Returns the Lucene document of a passage; {@code unit} is its embedding normalised to length 1, or empty if it has
     * none.
     */
    static Document write(Passage passage, float[] unit, TextAnalyzer analyzer) {
        Document document = new Document();
        document.add(new StringField(ID, passage.id(), Field.Store.NO));
        document.add(new SortedDocValuesField(ID, new BytesRef(passage.id())));
        document.add(binary(ID_TEXT, passage.id()));
        document.add(new StringField(DOCUMENT, passage.document(), Field.Store.NO));
        document.add(binary(DOCUMENT, passage.document()));
        document.add(new SortedDocValuesField(DOCUMENT_ORDER, new BytesRef(passage.document())));
        document.add(anchor(passage.anchor()));
        document.add(new NumericDocValuesField(START, passage.start()));
        document.add(new NumericDocValuesField(END, passage.end()));
        time(document, passage.timestamp(), SECONDS, NANOS);
        time(document, passage.ingested(), INGESTED_SECONDS, INGESTED_NANOS);
        document.add(binary(TITLE, passage.title()));
        document.add(binary(TEXT, passage.text()));
        document.add(binary(SOURCE, passage.source()));
        document.add(new StringField(SOURCE, passage.source(), Field.Store.NO));
        document.add(binary(HASH, passage.hash()));
        LanguageText text = analyzer.read(passage.title() + " " + passage.text());
        CountedText content = new CountedText(CONTENT, text, analyzer);
        document.add(content);
        document.add(content.length(LENGTH)); // after the text, because its analysis counts the words
        for (String language : text.codes()) {
            document.add(new StringField(LANGUAGE, language, Field.Store.NO));
        }
        if (unit.length > 0) {
            document.add(new KnnFloatVectorField(VECTOR, unit, VectorSimilarityFunction.DOT_PRODUCT));
        }
        return document;
    }

    /** Returns the field of an anchor; an empty field if there is none. */
    static Field anchor(@Nullable AnchorId anchor) {
        return binary(ANCHOR, anchor == null ? "" : anchor.value());
    }

    private static Field binary(String name, String text) {
        return new BinaryDocValuesField(name, new BytesRef(text));
    }

    private static void time(Document document, Instant time, String seconds, String nanos) {
        document.add(new NumericDocValuesField(seconds, time.getEpochSecond()));
        document.add(new NumericDocValuesField(nanos, time.getNano()));
    }
}
