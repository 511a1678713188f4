package dev.geotherm.engine;

import java.time.Instant;

/**
 * A chunk that could not be ingested.
 *
 * @param source the name of the source
 * @param document the id of the document in the source
 * @param number the zero-based number of the chunk in the document
 * @param title the title of the document, or the beginning of a long one; may be empty
 * @param text the scrubbed text
 * @param attempts the number of batches that contained the chunk
 * @param error the error of the last attempt
 * @param at the time of the last failure
 */
public record DeadChunk(
        String source,
        String document,
        int number,
        String title,
        String text,
        int attempts,
        String error,
        Instant at) {}
