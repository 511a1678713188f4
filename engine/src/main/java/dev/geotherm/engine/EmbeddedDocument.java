package dev.geotherm.engine;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.engine.ledger.Hash128;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A document with an embedding from the application. It has one passage.
 *
 * @param id the id in the source; not blank
 * @param text the text; may be empty
 * @param embedding the embedding; must not be modified
 * @param metadata the application's data for the document; may be empty; must not be modified
 */
@SuppressWarnings("ArrayRecordComponent") // vectors are large and passed by reference throughout
public record EmbeddedDocument(String id, String text, float[] embedding, ObjectNode metadata) {

    /** Validates the id. */
    public EmbeddedDocument {
        requireNonNull(text, "text");
        requireNonNull(embedding, "embedding");
        requireNonNull(metadata, "metadata");
        if (id.isBlank()) {
            throw new IllegalArgumentException("the id of a document must not be blank");
        }
    }

    /** Validates the embedding. */
    void requireDimension(int dimension) {
        if (embedding.length != dimension) {
            throw new IllegalArgumentException("the embedding of document " + id + " has " + embedding.length
                    + " numbers, those of the knowledge have " + dimension);
        }
        for (float number : embedding) {
            if (!Float.isFinite(number)) {
                throw new IllegalArgumentException("the embedding of document " + id + " contains " + number);
            }
        }
    }

    /** Returns this document with scrubbed text and scrubbed text values of the metadata. */
    EmbeddedDocument scrubbed(AnchorStore scrubber) {
        ObjectNode clean = Json.MAPPER.createObjectNode();
        for (Map.Entry<String, JsonNode> each : metadata.properties()) {
            if (each.getValue().isTextual()) {
                clean.put(
                        each.getKey(), scrubber.scrub(each.getValue().asText()).text());
            } else {
                clean.set(each.getKey(), each.getValue());
            }
        }
        return new EmbeddedDocument(id, scrubber.scrub(text).text(), embedding, clean);
    }

    ImportedDocument imported(SourceKey source, Instant at) {
        DocumentChunks.Text chunk = new DocumentChunks.Text("", text, 0, text.length());
        String kept = metadata.toString();
        return new ImportedDocument(
                source, id, Hash128.of(text, kept), List.of(chunk), List.of(embedding), List.of(at), kept);
    }
}
