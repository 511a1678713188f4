package dev.geotherm.langchain4j;

/**
 * The result of an ingestion by a {@link LedgerIngestor}.
 *
 * @param documents documents of the source
 * @param added documents that were not in the ledger
 * @param changed documents with other content than before, or whose ingestion had not been complete
 * @param unchanged documents that were not touched
 * @param removed documents that were removed, because they are no longer in the source
 * @param embedded segments that were embedded and stored
 * @param kept segments of changed documents that were stored before and were not embedded again
 */
public record IngestorResult(
        long documents, long added, long changed, long unchanged, long removed, long embedded, long kept) {}
