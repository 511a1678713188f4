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
 * The form of a segment as a document of the knowledge. Texts in its metadata are JSON strings, so that personal data in them
 * is found; other values are in an array with one string, which begins with a letter for their type.
 */
final class SegmentDocument {
    private SegmentDocument() {}

    /** Returns the document of a segment; without one, it has neither text nor metadata. */
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

    /** Returns the segment of a document, or null if it has none: a segment has a text. */
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
