package dev.geotherm.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.langchain4j.data.document.DocumentSplitter;
import java.util.List;

/**
 * The options of a {@link LedgerIngestor}.
 *
 * @param splitter the splitter of documents into segments; it must be deterministic
 * @param settings a description of embedding model and splitter, such as {@code minilm, 300 characters}; if it differs from
 *     the ledger's, everything must be embedded again
 * @param batchSize the maximum number of segments that are embedded and stored together, at least 1
 * @param rebuild whether to remove everything from the store and embed it again if the settings have changed; otherwise the
 *     ingestor refuses to open
 */
public record IngestorOptions(DocumentSplitter splitter, String settings, int batchSize, boolean rebuild) {
    private static final int DEFAULT_BATCH = 100;

    /** Validates the values. */
    public IngestorOptions {
        requireNonNull(splitter, "splitter");
        requireNonNull(settings, "settings");
        if (batchSize < 1) {
            throw new IllegalArgumentException("the batch size must be at least 1, was " + batchSize);
        }
    }

    /**
     * Returns the default options: each document is one segment, in batches of 100.
     *
     * @param settings the description of the embedding model
     */
    public static IngestorOptions of(String settings) {
        return new IngestorOptions(document -> List.of(document.toTextSegment()), settings, DEFAULT_BATCH, false);
    }

    /** Returns these options with another splitter, which the settings must also describe. */
    public IngestorOptions withSplitter(DocumentSplitter newSplitter) {
        return new IngestorOptions(newSplitter, settings, batchSize, rebuild);
    }

    /** Returns these options with another batch size. */
    public IngestorOptions withBatchSize(int newBatchSize) {
        return new IngestorOptions(splitter, settings, newBatchSize, rebuild);
    }

    /** Returns these options, except that everything is embedded again if the settings have changed. */
    public IngestorOptions rebuilding() {
        return new IngestorOptions(splitter, settings, batchSize, true);
    }
}
