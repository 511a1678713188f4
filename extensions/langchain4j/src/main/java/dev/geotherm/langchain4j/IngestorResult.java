package dev.geotherm.langchain4j;

/**
 * The result of an ingestion by a {@link LedgerIngestor}.
 *
 * @param documents the number of documents in the source
 * @param added the number of documents that were not in the ledger
 * @param changed the number of documents with changed content or an incomplete earlier ingestion
 * @param unchanged the number of unchanged documents
 * @param removed the number of removed documents, which are no longer in the source
 * @param embedded the number of segments that were embedded and stored
 * @param kept the number of segments of changed documents that were already stored and not embedded again
 */
public record IngestorResult(
        long documents, long added, long changed, long unchanged, long removed, long embedded, long kept) {}
