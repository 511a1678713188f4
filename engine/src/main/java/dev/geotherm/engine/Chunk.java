package dev.geotherm.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A chunk of a document on its way through the pipeline.
 *
 * @param document its document
 * @param number its number in the document, from 0
 * @param text its text
 * @param embedding its embedding, if it is known from the former content
 * @param at the time of its content: that of the ingestion that met it first
 */
@SuppressWarnings("ArrayRecordComponent") // vectors are large and passed by reference throughout
record Chunk(PendingDocument document, int number, DocumentChunks.Text text, float @Nullable [] embedding, Instant at) {

    String id() {
        return document.passage(number);
    }
}
