package dev.geotherm.engine.ledger;

import java.util.List;

/**
 * An entry of the ledger, which describes a document.
 *
 * @param source the name of the source
 * @param document the id in the source
 * @param content the hash of the content, or {@link Hash128#NONE} for an incomplete ingestion, which makes the document
 *     count as changed
 * @param chunks the hashes of the chunks in order; {@link Hash128#NONE} for a chunk that may be missing
 * @param metadata a text stored with the document; may be empty
 */
public record LedgerEntry(String source, String document, Hash128 content, List<Hash128> chunks, String metadata) {

    /** Copies the list. */
    public LedgerEntry {
        chunks = List.copyOf(chunks);
    }

    /** Creates an entry without metadata. */
    public LedgerEntry(String source, String document, Hash128 content, List<Hash128> chunks) {
        this(source, document, content, chunks, "");
    }

    /** Returns whether all chunks of the document are ingested. */
    public boolean isComplete() {
        return !content.equals(Hash128.NONE);
    }

    Hash128 key() {
        return key(source, document);
    }

    static Hash128 key(String source, String document) {
        return Hash128.of(source, document);
    }
}
