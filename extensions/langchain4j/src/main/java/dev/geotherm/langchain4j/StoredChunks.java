package dev.geotherm.langchain4j;

import dev.geotherm.engine.ledger.Hash128;
import dev.geotherm.engine.ledger.LedgerEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The ledger's record of a document's chunks in an embedding store.
 *
 * <p>In the {@link LedgerEntry}, the keys of the stored chunks come first, then {@link Hash128#NONE}, then the keys of the
 * uncertain chunks.
 *
 * @param source the name of the source
 * @param document the id of the document
 * @param content the hash of the document's content, or {@link Hash128#NONE} while chunks are being added or removed
 * @param stored the keys of the chunks that the store has acknowledged
 * @param uncertain the keys of the chunks that the store may have and that must be removed
 */
record StoredChunks(String source, String document, Hash128 content, List<Hash128> stored, List<Hash128> uncertain) {

    StoredChunks {
        stored = List.copyOf(stored);
        uncertain = List.copyOf(uncertain);
    }

    static StoredChunks none(String source, String document) {
        return new StoredChunks(source, document, Hash128.NONE, List.of(), List.of());
    }

    static StoredChunks of(LedgerEntry entry) {
        List<Hash128> chunks = entry.chunks();
        int separator = chunks.indexOf(Hash128.NONE);
        return separator < 0
                ? new StoredChunks(entry.source(), entry.document(), entry.content(), chunks, List.of())
                : new StoredChunks(
                        entry.source(),
                        entry.document(),
                        entry.content(),
                        chunks.subList(0, separator),
                        chunks.subList(separator + 1, chunks.size()));
    }

    LedgerEntry entry() {
        List<Hash128> chunks = new ArrayList<>(stored);
        if (!uncertain.isEmpty()) {
            chunks.add(Hash128.NONE);
            chunks.addAll(uncertain);
        }
        return new LedgerEntry(source, document, content, chunks);
    }

    /** Returns the id of a chunk in the store, which depends only on source, document and chunk. */
    String id(Hash128 chunk) {
        Hash128 hash = Hash128.of(source, document, chunk.hex());
        // Set version 8 (custom content) and the variant, because stores may check that an id is a valid UUID.
        long high = (hash.high() & ~0xF000L) | 0x8000L;
        long low = (hash.low() & ~(0b11L << 62)) | (0b10L << 62);
        return new UUID(high, low).toString();
    }

    List<String> ids(List<Hash128> chunks) {
        return chunks.stream().map(this::id).toList();
    }

    /** Returns the ids of all stored and uncertain chunks. */
    List<String> ids() {
        List<String> ids = new ArrayList<>(ids(stored));
        ids.addAll(ids(uncertain));
        return ids;
    }
}
