package dev.geotherm.engine;

import dev.geotherm.engine.ledger.Hash128;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document that is already split and scrubbed.
 *
 * @param source the name of the source
 * @param id the id of the document in the source
 * @param content the hash of the content, or {@link Hash128#NONE} if the document must count as changed
 * @param texts the chunks
 * @param embeddings the embedding of each chunk, or null if it must be computed
 * @param times the time of ingestion of each chunk
 * @param metadata a text to store with the document; may be empty
 */
record ImportedDocument(
        SourceKey source,
        String id,
        Hash128 content,
        List<DocumentChunks.Text> texts,
        List<float @Nullable []> embeddings,
        List<Instant> times,
        String metadata) {

    /** A reader of imported documents. */
    interface Reader {
        /** Returns the next document, or null after the last one. */
        @Nullable
        ImportedDocument nextDocument() throws IOException;
    }
}
