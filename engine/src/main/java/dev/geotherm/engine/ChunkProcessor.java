package dev.geotherm.engine;

import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.Fragment;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/**
 * A thread-safe processor that embeds chunks without an embedding, and stores all chunks. Several workers embed concurrently
 * and store one after the other.
 */
final class ChunkProcessor implements AutoCloseable {
    private final Embedder embedder;
    private final ObjectPool<VectorRows> vectors;

    /** Opens the pool {@code vectors}, which {@link #close} closes. */
    @Inject
    ChunkProcessor(ObjectPools pools, Embedder embedder) {
        this.embedder = embedder;
        this.vectors = pools.open("vectors", VectorRows.allocator(embedder.dimension()));
    }

    /** Processes a batch into a store. Idempotent: a second attempt of a batch does not repeat changes of the first. */
    void process(Batch<Chunk> batch, KnowledgeStore store) {
        List<Fragment<Chunk>> fragments = batch.fragments();
        vectors.run(rows -> {
            long start = System.nanoTime();
            float[][] embedded = rows.atLeast(fragments.size());
            List<String> texts = new ArrayList<>(fragments.size());
            for (Fragment<Chunk> fragment : fragments) {
                if (fragment.content().embedding() == null) {
                    texts.add(fragment.content().text().withTitle());
                }
            }
            embedder.embed(texts, embedded);
            float[][] embeddings = new float[fragments.size()][];
            int row = 0;
            for (int i = 0; i < embeddings.length; i++) {
                float[] known = fragments.get(i).content().embedding();
                embeddings[i] = known == null ? embedded[row++].clone() : known;
            }
            store.times().add(StageTimes.Stage.EMBED, start);
            store.put(batch, embeddings);
        });
    }

    @Override
    public void close() {
        vectors.close();
    }
}
