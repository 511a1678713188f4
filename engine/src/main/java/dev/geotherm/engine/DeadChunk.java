package dev.geotherm.engine;

import java.time.Instant;

/**
 * A chunk that could not be ingested.
 *
 * @param source the name of its source
 * @param document the id of its document in the source
 * @param number its number in the document, from 0
 * @param title the title of the document, or the beginning of a long one; may be empty
 * @param text its text, scrubbed
 * @param attempts how many batches contained it
 * @param error the error of the last attempt
 * @param at when it failed for the last time
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
