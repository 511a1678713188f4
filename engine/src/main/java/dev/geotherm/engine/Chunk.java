package dev.geotherm.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A chunk of a document on its way through the pipeline.
 *
 * @param document the document
 * @param number the zero-based number of the chunk in the document
 * @param text the text
 * @param embedding the embedding if it is known from the former content, or null
 * @param at the time of the ingestion that first found the content
 */
@SuppressWarnings("ArrayRecordComponent") // vectors are large and passed by reference throughout
record Chunk(PendingDocument document, int number, DocumentChunks.Text text, float @Nullable [] embedding, Instant at) {

    String id() {
        return document.passage(number);
    }
}
