package dev.geotherm.engine;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.FragmentProcessor;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The processor of fragments, which are scrubbed already: embed, create or reinforce anchors, index, commit.
 *
 * <p>A batch can fail after its anchors were created, and is then retried. So a fragment keeps its anchor from {@link
 * #expect} until {@link #settle}, which is called when the pipeline reports its outcome; a late attempt of a settled
 * fragment changes nothing. The number of remembered fragments is bounded by the pipeline's capacity. Safe for use by
 * several threads.
 */
final class AnchorIngestion implements FragmentProcessor<String>, AutoCloseable {
    private final Embedder embedder;
    private final AnchorStore anchors;
    private final PassageIndex index;
    private final ObjectPool<VectorRows> vectors;
    private final DeltaLog deltas;
    private final Map<String, Optional<AnchorId>> unsettled = new ConcurrentHashMap<>();

    /** Opens the pool {@code vectors}, which {@link #close} closes. */
    @Inject
    AnchorIngestion(ObjectPools pools, Embedder embedder, AnchorStore anchors, PassageIndex index, DeltaLog deltas) {
        this.embedder = embedder;
        this.anchors = anchors;
        this.index = index;
        this.vectors = pools.open("vectors", VectorRows.allocator(embedder.dimension()));
        this.deltas = deltas;
    }

    /** Registers a fragment before it is put into the pipeline. */
    void expect(String fragment) {
        unsettled.put(fragment, Optional.empty());
    }

    /** Forgets a fragment, which was processed or is a dead letter. */
    void settle(String fragment) {
        unsettled.remove(fragment);
    }

    @Override
    public void process(Batch<String> batch) {
        List<Fragment<String>> fragments = batch.fragments();
        List<String> texts =
                fragments.stream().map(DocumentFragments::textWithTitle).toList();
        vectors.run(rows -> {
            float[][] embeddings = rows.atLeast(texts.size());
            embedder.embed(texts, embeddings);
            List<Passage> passages = new ArrayList<>(fragments.size());
            for (int i = 0; i < fragments.size(); i++) {
                Fragment<String> fragment = fragments.get(i);
                float[] embedding = embeddings[i].clone();
                try {
                    AnchorId anchor = anchor(fragment.withContent(texts.get(i)), embedding);
                    if (anchor != null) {
                        passages.add(passage(fragment, anchor, embedding));
                    }
                } catch (RuntimeException failure) {
                    batch.fail(fragment, failure); // the others do not need a retry
                }
            }
            index.index(passages);
        });
        deltas.append(anchors::commit);
    }

    /** Returns the anchor of a fragment, or null if the fragment is settled. */
    private @Nullable AnchorId anchor(Fragment<String> fragment, float[] embedding) {
        Optional<AnchorId> known = unsettled.computeIfPresent(
                fragment.id(),
                (id, before) -> before.isPresent()
                        ? before
                        : Optional.of(anchors.ingest(fragment, embedding).anchor()));
        return known == null ? null : known.orElseThrow();
    }

    private static Passage passage(Fragment<String> fragment, AnchorId anchor, float[] embedding) {
        Map<String, String> origin = fragment.metadata();
        return new Passage(
                fragment.id(),
                DocumentFragments.document(fragment),
                DocumentFragments.title(fragment),
                fragment.content(),
                Integer.parseInt(origin.getOrDefault(DocumentFragments.START, "0")),
                Integer.parseInt(origin.getOrDefault(DocumentFragments.END, "0")),
                fragment.timestamp(),
                anchor,
                embedding);
    }

    @Override
    public void close() {
        vectors.close();
    }
}
