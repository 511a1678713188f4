package dev.geotherm.engine;

import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.engine.corpus.Document;
import dev.geotherm.engine.ledger.Hash128;
import dev.geotherm.engine.ledger.Ledger;
import dev.geotherm.engine.ledger.Ledger.Classification;
import dev.geotherm.engine.ledger.LedgerEntry;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The comparison of a source's documents with the stored ones. It finds new and changed documents, and the chunks to embed.
 * Not thread-safe.
 */
final class DocumentComparison {
    private final SourceKey source;
    private final Ledger ledger;
    private final PassageIndex index;
    private final DocumentChunks chunks;
    private final int dimension;
    private final Instant now;

    /** Begins a pass over a source. */
    DocumentComparison(
            SourceKey source, Ledger ledger, PassageIndex index, DocumentChunks chunks, int dimension, Instant now) {
        this.source = source;
        this.ledger = ledger;
        this.index = index;
        this.chunks = chunks;
        this.dimension = dimension;
        this.now = now;
        ledger.beginPass();
    }

    /** Returns the hash of the content of a document. */
    static Hash128 content(Document document) {
        return Hash128.of(document.title(), document.text());
    }

    /** Compares a document with its entry in the ledger, by hash only. */
    Classification classify(Document document, Hash128 content) {
        return ledger.see(source.name(), document.id(), content);
    }

    /**
     * The work on a new or changed document.
     *
     * @param pending the document
     * @param chunks the chunks to store; chunks with unchanged text have their embeddings
     * @param size the number of all chunks of the document
     */
    record Work(PendingDocument pending, List<Chunk> chunks, int size) {

        /** Returns the number of chunks that need no embedding. */
        long reused() {
            return size
                    - chunks.stream().filter(chunk -> chunk.embedding() == null).count();
        }
    }

    /** Splits a new or changed document, and compares its chunks with the chunks of its former content. */
    Work work(Document document, Hash128 content, Classification classification) throws IOException {
        List<DocumentChunks.Text> texts = chunks.of(document);
        List<Hash128> hashes = new ArrayList<>(texts.size());
        for (DocumentChunks.Text text : texts) {
            hashes.add(text.hash());
        }
        LedgerEntry before = classification == Classification.CHANGED
                ? ledger.find(source.name(), document.id()).orElse(null)
                : null;
        int formerChunks = before == null ? 0 : before.chunks().size();
        PendingDocument pending = new PendingDocument(source, document.id(), content, hashes, formerChunks);
        Map<String, Passage> former = former(document, formerChunks);
        List<Chunk> work = new ArrayList<>(texts.size());
        for (int number = 0; number < texts.size(); number++) {
            DocumentChunks.Text text = texts.get(number);
            Passage same = former.get(pending.passage(number));
            String hash = hashes.get(number).hex();
            if (same == null || !same.hash().equals(hash)) {
                work.add(chunk(pending, number, text, former.get(hash)));
            } else if (same.start() != text.start() || same.end() != text.end()) {
                work.add(chunk(pending, number, text, same)); // keeps its time, even if the text occurs several times
            } else {
                pending.stored(number);
            }
        }
        return new Work(pending, work, texts.size());
    }

    /** Returns the passages of the former content by id and by hash. */
    private Map<String, Passage> former(Document document, int count) {
        if (count == 0) {
            return Map.of();
        }
        Map<String, Passage> former = new HashMap<>();
        for (Passage passage : index.find(source.passages(document.id(), count))) {
            former.put(passage.id(), passage);
            former.put(passage.hash(), passage);
        }
        return former;
    }

    private Chunk chunk(PendingDocument document, int number, DocumentChunks.Text text, @Nullable Passage same) {
        return same == null
                ? new Chunk(document, number, text, null, now)
                : new Chunk(document, number, text, AnchorRestoration.embedding(same, dimension), same.ingested());
    }
}
