package dev.geotherm.engine.ledger;

import java.util.List;

/**
 * What the ledger knows about a document.
 *
 * @param source the name of its source
 * @param document its id in the source
 * @param content the hash of its content; {@link Hash128#NONE} if its ingestion is not complete, so that it counts as
 *     changed
 * @param chunks the hashes of its chunks in order, each {@link Hash128#NONE} if the chunk may be missing
 * @param metadata a text that is kept with the document; may be empty
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
