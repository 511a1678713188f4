package dev.geotherm.cli.run;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.Retriever;
import dev.geotherm.api.pool.ObjectPool;
import dev.geotherm.api.streaming.Batch;
import dev.geotherm.api.streaming.Fragment;
import dev.geotherm.api.streaming.FragmentProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is done with a batch of fragments: scrub, embed, create or reinforce anchors, index, commit.
 *
 * <p>Safe for use by several threads. A fragment that comes again, because its batch failed after it, keeps its anchor and
 * is indexed anew.
 */
final class AnchorIngestion implements FragmentProcessor<String> {
    private final Embedder embedder;
    private final AnchorStore anchors;
    private final Retriever retriever;
    private final ObjectPool<VectorRows> vectors;
    private final DeltaLog deltas;
    private final Map<String, AnchorId> anchorOf = new ConcurrentHashMap<>();

    AnchorIngestion(
            Embedder embedder,
            AnchorStore anchors,
            Retriever retriever,
            ObjectPool<VectorRows> vectors,
            DeltaLog deltas) {
        this.embedder = embedder;
        this.anchors = anchors;
        this.retriever = retriever;
        this.vectors = vectors;
        this.deltas = deltas;
    }

    @Override
    public void process(Batch<String> batch) {
        List<Fragment<String>> fragments = batch.fragments();
        List<String> titles = fragments.stream()
                .map(fragment -> anchors.scrub(DocumentFragments.title(fragment)))
                .toList();
        List<String> pieces = fragments.stream()
                .map(fragment -> anchors.scrub(fragment.content()))
                .toList();
        List<String> texts = new ArrayList<>(fragments.size());
        for (int i = 0; i < fragments.size(); i++) {
            texts.add(DocumentFragments.withTitle(titles.get(i), pieces.get(i)));
        }
        vectors.run(rows -> {
            float[][] embeddings = rows.atLeast(texts.size());
            embedder.embed(texts, embeddings);
            List<Passage> passages = new ArrayList<>(fragments.size());
            for (int i = 0; i < fragments.size(); i++) {
                Fragment<String> fragment = fragments.get(i);
                Fragment<String> whole = fragment.withContent(texts.get(i));
                float[] embedding = embeddings[i].clone();
                try {
                    AnchorId anchor = anchorOf.computeIfAbsent(
                            fragment.id(),
                            id -> anchors.ingest(whole, embedding).anchor());
                    passages.add(passage(fragment, titles.get(i), pieces.get(i), anchor, embedding));
                } catch (RuntimeException failure) {
                    batch.fail(fragment, failure); // the others need not go through it again
                }
            }
            retriever.index(passages);
        });
        deltas.append(anchors::commit);
    }

    private static Passage passage(
            Fragment<String> fragment, String title, String piece, AnchorId anchor, float[] embedding) {
        Map<String, String> origin = fragment.metadata();
        return new Passage(
                fragment.id(),
                DocumentFragments.document(fragment),
                title,
                piece,
                Integer.parseInt(origin.getOrDefault(DocumentFragments.START, "0")),
                Integer.parseInt(origin.getOrDefault(DocumentFragments.END, "0")),
                fragment.timestamp(),
                anchor,
                embedding);
    }
}
