package dev.geotherm.engine;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Ingested;
import dev.geotherm.api.anchor.Passage;
import java.util.Map;
import java.util.Optional;

/**
 * A chunk with its embedding and its anchor.
 *
 * @param chunk the chunk
 * @param embedding the embedding; must not be modified
 * @param anchor the anchor assigned at ingestion
 */
@SuppressWarnings("ArrayRecordComponent") // not compared
record AnchoredChunk(Chunk chunk, float[] embedding, AnchorId anchor) {

    /** Ingests a chunk into an anchor store. Adds other passages with changed anchors to {@code reassigned}. */
    static AnchoredChunk ingest(
            AnchorStore anchors, Chunk chunk, float[] embedding, Map<String, Optional<AnchorId>> reassigned) {
        PendingDocument document = chunk.document();
        Ingested ingested = anchors.ingestScrubbed(
                AnchorRestoration.fragment(
                        chunk.id(),
                        chunk.text().withTitle(),
                        document.id(),
                        document.source().name(),
                        chunk.at()),
                embedding);
        reassigned.remove(chunk.id());
        reassigned.putAll(ingested.reassigned());
        return new AnchoredChunk(chunk, embedding, ingested.anchor());
    }

    /** Returns the passage of the chunk. Another chunk of the batch may have changed its anchor meanwhile. */
    Passage passage(Map<String, Optional<AnchorId>> reassigned) {
        PendingDocument document = chunk.document();
        DocumentChunks.Text text = chunk.text();
        Optional<AnchorId> other = reassigned.remove(chunk.id());
        return new Passage(
                chunk.id(),
                document.source().document(document.id()),
                text.title(),
                text.text(),
                text.start(),
                text.end(),
                chunk.at(),
                other == null ? anchor : other.orElse(null),
                embedding,
                document.source().name(),
                document.hash(chunk.number()).hex(),
                chunk.at());
    }
}
