package dev.geotherm.langchain4j;

import dev.geotherm.api.anchor.Passage;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The conversion between a LangChain4j text segment and a passage.
 *
 * <p>The metadata is in the passage's hash, which an index stores unchanged and does not search. Source and document are
 * also fields of the passage, so filters on them need not read the metadata.
 */
final class SegmentPassage {
    /**
     * The maximum length of a field. Longer values are only in the metadata, because an index limits the length of fields.
     */
    private static final int LONGEST_FIELD = 1_000;

    private SegmentPassage() {}

    /** Returns whether a value in the metadata is also a field of the passage. */
    static boolean isField(@Nullable Object value) {
        return value instanceof String text && !text.isEmpty() && text.length() <= LONGEST_FIELD;
    }

    /** Returns the passage of an embedding with its segment, if known. */
    static Passage write(String id, float[] vector, @Nullable TextSegment segment, Instant now) {
        if (segment == null) {
            return new Passage(id, id, "", "", 0, 0, now, null, vector);
        }
        Metadata metadata = segment.metadata();
        String document = field(metadata, GeothermEmbeddingStore.DOCUMENT);
        String text = segment.text();
        return new Passage(id, document.isEmpty() ? id : document, "", text, 0, text.length(), now, null, vector)
                .ingestedFrom(field(metadata, GeothermEmbeddingStore.SOURCE), MetadataText.write(metadata), now);
    }

    private static String field(Metadata metadata, String key) {
        Object value = metadata.toMap().get(key);
        return isField(value) ? String.valueOf(value) : "";
    }

    /** Returns the segment of a passage, or null if only an embedding was stored. */
    static @Nullable TextSegment read(Passage passage) {
        return passage.hash().isEmpty() ? null : TextSegment.from(passage.text(), MetadataText.read(passage.hash()));
    }
}
