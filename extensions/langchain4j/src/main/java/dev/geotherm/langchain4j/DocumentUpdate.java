package dev.geotherm.langchain4j;

import dev.geotherm.engine.ledger.Hash128;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The update of one document in an embedding store: its chunks to add, keep and remove. Not thread-safe. */
final class DocumentUpdate {
    /**
     * The metadata key of a segment's number in its document, which changes whenever text is inserted before the segment.
     */
    private static final String INDEX = "index";

    private final StoredChunks before;
    private final Hash128 content;
    private final Map<Hash128, TextSegment> wanted = new LinkedHashMap<>();
    private final Set<Hash128> stored;
    private int missing;

    /**
     * Compares a document with its stored chunks.
     *
     * @param content the hash of the document's content
     * @param segments the document's chunks
     */
    DocumentUpdate(StoredChunks before, Hash128 content, List<TextSegment> segments) {
        this.before = before;
        this.content = content;
        this.stored = new LinkedHashSet<>(before.stored());
        Map<Hash128, Integer> occurrences = new HashMap<>();
        for (TextSegment segment : segments) {
            Metadata metadata = segment.metadata().copy();
            metadata.remove(INDEX);
            metadata.put(GeothermEmbeddingStore.SOURCE, before.source());
            metadata.put(GeothermEmbeddingStore.DOCUMENT, before.document());
            Hash128 text = Hash128.of(segment.text(), MetadataText.write(metadata));
            int occurrence = occurrences.merge(text, 1, Integer::sum);
            wanted.put(Hash128.of(text.hex(), String.valueOf(occurrence)), TextSegment.from(segment.text(), metadata));
        }
        missing = toAdd().size();
    }

    StoredChunks before() {
        return before;
    }

    /** Returns the chunks that the store has not acknowledged yet. */
    List<Hash128> toAdd() {
        return wanted.keySet().stream().filter(key -> !stored.contains(key)).toList();
    }

    TextSegment segment(Hash128 key) {
        TextSegment segment = wanted.get(key);
        if (segment == null) {
            throw new IllegalArgumentException("no chunk " + key.hex());
        }
        return segment;
    }

    /** Returns the number of chunks that were already stored. */
    int kept() {
        return wanted.size() - missing;
    }

    int size() {
        return wanted.size();
    }

    /** Returns the state while chunks are being added. */
    StoredChunks adding(List<Hash128> keys) {
        return with(Hash128.NONE, new ArrayList<>(stored), keys);
    }

    /** Records that the store has acknowledged chunks. */
    void added(List<Hash128> keys) {
        stored.addAll(keys);
    }

    boolean isStored() {
        return stored.containsAll(wanted.keySet());
    }

    /** Returns the chunks of the old content that the new content does not contain. */
    List<Hash128> stale() {
        return stored.stream().filter(key -> !wanted.containsKey(key)).toList();
    }

    /** Returns the state while the stale chunks are being removed. */
    StoredChunks removing() {
        return with(Hash128.NONE, new ArrayList<>(wanted.keySet()), stale());
    }

    /** Returns the state after the update. */
    StoredChunks complete() {
        return with(content, new ArrayList<>(wanted.keySet()), List.of());
    }

    private StoredChunks with(Hash128 newContent, List<Hash128> newStored, List<Hash128> uncertain) {
        return new StoredChunks(before.source(), before.document(), newContent, newStored, uncertain);
    }
}
