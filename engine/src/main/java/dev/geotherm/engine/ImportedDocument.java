package dev.geotherm.engine;

import dev.geotherm.engine.ledger.Hash128;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document that is already split and scrubbed.
 *
 * @param source its source
 * @param id its id
 * @param content the hash of its content, or {@link Hash128#NONE} if it must count as changed
 * @param texts its chunks
 * @param embeddings their embeddings; null for one that must be computed
 * @param times the times at which they were ingested
 * @param metadata a text to keep with it; may be empty
 */
record ImportedDocument(
        SourceKey source,
        String id,
        Hash128 content,
        List<DocumentChunks.Text> texts,
        List<float @Nullable []> embeddings,
        List<Instant> times,
        String metadata) {

    /** A reader of such documents. */
    interface Reader {
        /** Returns the next document, or null after the last one. */
        @Nullable
        ImportedDocument nextDocument() throws IOException;
    }
}
