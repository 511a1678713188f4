package dev.geotherm.engine;

import java.time.Duration;

/**
 * The result of one ingestion.
 *
 * @param documents documents that were read
 * @param emptyDocuments the documents without title and text
 * @param fragments fragments that the documents were split into
 * @param deadLetters fragments that could not be ingested
 * @param fingerprint a SHA-256 of all documents, in their order
 * @param took the time from the first document to the last commit
 */
public record IngestionResult(
        long documents, long emptyDocuments, long fragments, long deadLetters, String fingerprint, Duration took) {}
