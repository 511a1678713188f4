package dev.geotherm.engine;

import java.time.Duration;
import java.util.Map;

/**
 * The result of an ingestion.
 *
 * @param documents the number of documents read
 * @param emptyDocuments the number of documents without title and text
 * @param added the number of documents that were not in the knowledge before
 * @param changed the number of documents with changed content
 * @param unchanged the number of unchanged documents
 * @param removed the number of removed documents, which are no longer in the source
 * @param fragments the number of chunks in new and changed documents
 * @param reused the number of chunks in changed documents that existed before and were not embedded again
 * @param deadLetters the number of chunks that could not be ingested; their documents count as changed in the next
 *     ingestion, and {@link Knowledge#replayDeadLetters} ingests them again
 * @param fingerprint a SHA-256 hash of all documents in their order
 * @param took the time from the first document to the last commit
 * @param stages the time in each stage by name, such as {@code embed}
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
