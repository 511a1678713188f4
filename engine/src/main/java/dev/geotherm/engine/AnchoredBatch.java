package dev.geotherm.engine;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.Fragment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A batch of chunks with their anchors.
 *
 * @param anchored the chunks with their embeddings and anchors
 * @param reassigned the passages of this and earlier batches that have changed anchors
 */
record AnchoredBatch(List<AnchoredChunk> anchored, Map<String, Optional<AnchorId>> reassigned) {

    /**
     * Ingests the pending chunks of a batch into an anchor store. A chunk that the store refuses fails, without a retry of
     * the others.
     */
    static AnchoredBatch ingest(AnchorStore anchors, Batch<Chunk> batch, float[][] embeddings) {
        List<AnchoredChunk> anchored = new ArrayList<>(embeddings.length);
        Map<String, Optional<AnchorId>> reassigned = new HashMap<>();
        int row = 0;
        for (Fragment<Chunk> fragment : batch.fragments()) {
            Chunk chunk = fragment.content();
            float[] embedding = embeddings[row++];
            if (chunk.document().isPending(chunk.number())) {
                try {
                    anchored.add(AnchoredChunk.ingest(anchors, chunk, embedding, reassigned));
                } catch (RuntimeException failed) {
                    batch.fail(fragment, failed);
                }
            }
        }
        return new AnchoredBatch(anchored, reassigned);
    }

    /** Indexes the passages of the chunks, and updates the changed anchors of other passages. */
    void index(PassageIndex index) {
        Map<String, Optional<AnchorId>> others = new HashMap<>(reassigned);
        List<Passage> passages = new ArrayList<>(anchored.size());
        for (AnchoredChunk each : anchored) {
            passages.add(each.passage(others));
        }
        if (!passages.isEmpty()) {
            index.index(passages);
        }
        if (!others.isEmpty()) {
            index.assign(others);
        }
    }

    /** Marks the chunks as stored in their documents. */
    void settle() {
        for (AnchoredChunk each : anchored) {
            each.chunk().document().stored(each.chunk().number());
        }
    }

    List<Chunk> chunks() {
        return anchored.stream().map(AnchoredChunk::chunk).toList();
    }
}
