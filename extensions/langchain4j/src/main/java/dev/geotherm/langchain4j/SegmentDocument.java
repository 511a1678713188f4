package dev.geotherm.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.engine.EmbeddedDocument;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The conversion between a segment and a document of the knowledge. Text values of the metadata become JSON strings, in
 * which personal data is found. Each other value becomes an array with one string, prefixed with a letter for its type.
 */
final class SegmentDocument {
    private SegmentDocument() {}

    /** Returns the document of a segment. If the segment is null, the document has neither text nor metadata. */
    static EmbeddedDocument write(String id, float[] embedding, @Nullable TextSegment segment) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (segment != null) {
            segment.metadata().toMap().forEach((key, value) -> {
                if (value instanceof String text) {
                    json.put(key, text);
                } else {
                    json.putArray(key).add(MetadataText.typed(key, value));
                }
            });
        }
        return new EmbeddedDocument(id, segment == null ? "" : segment.text(), embedding, json);
    }

    /** Returns the segment of a document, or null if the document has no text. */
    static @Nullable TextSegment read(EmbeddedDocument document) {
        if (document.text().isBlank()) {
            return null;
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : document.metadata().properties()) {
            JsonNode value = each.getValue();
            values.put(
                    each.getKey(),
                    value.isTextual()
                            ? value.asText()
                            : MetadataText.value(value.path(0).asText()));
        }
        return TextSegment.from(document.text(), Metadata.from(values));
    }
}
