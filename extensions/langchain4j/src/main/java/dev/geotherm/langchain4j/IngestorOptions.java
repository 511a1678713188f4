package dev.geotherm.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.document.DocumentSplitter;
import java.util.List;

/**
 * The options of a {@link LedgerIngestor}.
 *
 * @param splitter splits documents into segments. It must always split a text in the same way
 * @param settings a description of embedding model and splitter, such as {@code minilm, 300 characters}: if it differs from that
 *     of the ledger, everything has to be embedded again
 * @param batchSize the maximum number of segments that are embedded and stored at once, at least 1
 * @param rebuild whether everything is removed from the store, to be embedded again, if the settings have changed; without it,
 *     the ingestor is not opened then
 */
public record IngestorOptions(DocumentSplitter splitter, String settings, int batchSize, boolean rebuild) {
    private static final int DEFAULT_BATCH = 100;

    /** Checks the values. */
    public IngestorOptions {
        requireNonNull(splitter, "splitter");
        requireNonNull(settings, "settings");
        if (batchSize < 1) {
            throw new IllegalArgumentException("the batch size must be at least 1, was " + batchSize);
        }
    }

    /**
     * Returns the defaults: each document is one segment, in batches of 100.
     *
     * @param settings the description of the embedding model
     */
    public static IngestorOptions of(String settings) {
        return new IngestorOptions(document -> List.of(document.toTextSegment()), settings, DEFAULT_BATCH, false);
    }

    /** Returns these options with another splitter, which the settings have to describe, too. */
    public IngestorOptions withSplitter(DocumentSplitter newSplitter) {
        return new IngestorOptions(newSplitter, settings, batchSize, rebuild);
    }

    /** Returns these options with another batch size. */
    public IngestorOptions withBatchSize(int newBatchSize) {
        return new IngestorOptions(splitter, settings, newBatchSize, rebuild);
    }

    /** Returns these options, but everything is embedded again if the settings have changed. */
    public IngestorOptions rebuilding() {
        return new IngestorOptions(splitter, settings, batchSize, true);
    }
}
