package dev.geotherm.engine;

import java.time.Duration;
import java.util.Map;

/**
 * The result of one ingestion.
 *
 * @param documents documents that were read
 * @param emptyDocuments the documents without title and text
 * @param added documents that were not in the knowledge before
 * @param changed documents with other content than before
 * @param unchanged documents that were not touched
 * @param removed documents that were removed, because they are no longer in the source
 * @param fragments chunks of the new and changed documents
 * @param reused the chunks of changed documents that were there before and were not embedded again
 * @param deadLetters chunks that could not be ingested; their documents count as changed in the next ingestion, and {@link
 *     Knowledge#replayDeadLetters} ingests them again
 * @param fingerprint a SHA-256 of all documents, in their order
 * @param took the time from the first document to the last commit
 * @param stages the time in each stage, such as {@code embed}, by name
 */
public record IngestionResult(
        long documents,
        long emptyDocuments,
        long added,
        long changed,
        long unchanged,
        long removed,
        long fragments,
        long reused,
        long deadLetters,
        String fingerprint,
        Duration took,
        Map<String, StageTime> stages) {}
