package dev.geotherm.langchain4j;

import dev.geotherm.api.GeothermException;
import dev.geotherm.engine.ledger.Hash128;
import dev.geotherm.engine.ledger.Ledger;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A batch of chunks, from one or more documents, that are embedded and stored together.
 *
 * <p>The ledger records ids before the store receives them, so it knows every chunk that can be in the store. It counts a
 * chunk as stored once the store has acknowledged it; such a chunk is not embedded again. Not thread-safe.
 */
final class ChunkBatch {
    private final Ledger ledger;
    private final EmbeddingStore<TextSegment> store;
    private final EmbeddingModel model;
    private final Map<DocumentUpdate, List<Hash128>> chunks = new LinkedHashMap<>();
    private int size;

    ChunkBatch(Ledger ledger, EmbeddingStore<TextSegment> store, EmbeddingModel model) {
        this.ledger = ledger;
        this.store = store;
        this.model = model;
    }

    /** Adds a document, even one without chunks to add. */
    void add(DocumentUpdate document) {
        chunks.putIfAbsent(document, new ArrayList<>());
    }

    void add(DocumentUpdate document, Hash128 chunk) {
        chunks.computeIfAbsent(document, unused -> new ArrayList<>()).add(chunk);
        size++;
    }

    /** Returns whether the number of chunks or documents has reached the limit. */
    boolean isFull(int limit) {
        return size >= limit || chunks.size() >= limit;
    }

    /** Embeds and stores the chunks, removes the chunks that they replace, and returns the number of embedded chunks. */
    int store() throws IOException {
        if (size > 0) {
            List<TextSegment> segments = new ArrayList<>(size);
            List<String> ids = new ArrayList<>(size);
            chunks.forEach((document, keys) -> {
                keys.forEach(key -> segments.add(document.segment(key)));
                ids.addAll(document.before().ids(keys));
            });
            List<Embedding> embeddings = embed(segments);
            for (Map.Entry<DocumentUpdate, List<Hash128>> each : chunks.entrySet()) {
                if (!each.getValue().isEmpty()) {
                    ledger.put(each.getKey().adding(each.getValue()).entry());
                }
            }
            ledger.force();
            add(ids, embeddings, segments);
            chunks.forEach(DocumentUpdate::added);
        }
        complete();
        return size;
    }

    private List<Embedding> embed(List<TextSegment> segments) {
        List<Embedding> embeddings = model.embedAll(segments).content();
        if (embeddings.size() != segments.size()) {
            throw new GeothermException("the embedding model returned " + embeddings.size() + " embeddings for "
                    + segments.size() + " segments");
        }
        return embeddings;
    }

    private void add(List<String> ids, List<Embedding> embeddings, List<TextSegment> segments) {
        try {
            store.addAll(ids, embeddings, segments);
        } catch (UnsupportedFeatureException unsupported) {
            throw new GeothermException(
                    "the store " + store.getClass().getName()
                            + " chooses ids itself; a ledger needs one that implements addAll(ids, embeddings, segments)",
                    unsupported);
        }
    }

    private void complete() throws IOException {
        List<String> stale = new ArrayList<>();
        List<DocumentUpdate> changed = new ArrayList<>();
        for (DocumentUpdate document : chunks.keySet()) {
            if (!document.isStored()) {
                ledger.put(document.adding(List.of()).entry());
            } else if (document.stale().isEmpty()) {
                ledger.put(document.complete().entry());
            } else {
                changed.add(document);
                stale.addAll(document.before().ids(document.stale()));
                ledger.put(document.removing().entry());
            }
        }
        ledger.force();
        if (!changed.isEmpty()) {
            store.removeAll(stale);
            for (DocumentUpdate document : changed) {
                ledger.put(document.complete().entry());
            }
        }
    }
}
