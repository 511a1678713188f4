package dev.geotherm.engine;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.RetrievalMode;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;

/** The search of a knowledge engine: hits of the current generation with their texts. Safe for use by several threads. */
final class KnowledgeSearch {
    private final StoreGenerations generations;
    private final KnowledgeFolder folder;
    private final Embedder embedder;

    @Inject
    KnowledgeSearch(StoreGenerations generations, KnowledgeFolder folder, Embedder embedder) {
        this.generations = generations;
        this.folder = folder;
        this.embedder = embedder;
    }

    /** Returns the mode that suits an embedder: vectors that know no meaning make a search by words worse. */
    static RetrievalMode mode(Embedder embedder) {
        return embedder.isSemantic() ? RetrievalMode.FUSED : RetrievalMode.LEXICAL;
    }

    /** Searches in the mode that suits the embedder. */
    List<SearchHit> search(String text, int limit) {
        return search(text, mode(embedder), limit);
    }

    /** Searches in a mode that needs no more than a text. */
    List<SearchHit> search(String text, RetrievalMode mode, int limit) {
        return search(
                switch (mode) {
                    case LEXICAL -> Query.lexical(text, limit);
                    case SIMILARITY -> Query.similarity(embedded(text), limit);
                    case FUSED -> Query.fused(text, embedded(text), limit);
                    case TIME -> Query.newest(text, limit);
                    case NEIGHBOURHOOD, PROVENANCE ->
                        throw new IllegalArgumentException("a search in mode " + mode + " needs more than a text");
                });
    }

    private float[] embedded(String text) {
        requireSameSettings();
        return embedder.embed(text);
    }

    /** Checks that vectors of this platform's embedder can be compared with those of the passages. */
    void requireSameSettings() {
        List<String> differences = generations.differences();
        if (!differences.isEmpty()) {
            throw new GeothermException("the knowledge in " + folder.path() + " was made with other settings: "
                    + String.join("; ", differences) + "; search it by words, or use the settings of before");
        }
    }

    List<SearchHit> search(Query query) {
        PassageIndex index = generations.current().index();
        List<Hit> hits = index.retriever().search(query);
        List<Passage> passages = index.find(hits.stream().map(Hit::passage).toList());
        List<SearchHit> found = new ArrayList<>(hits.size());
        int next = 0;
        for (Hit hit : hits) {
            // A passage can have been removed since the search.
            if (next < passages.size() && passages.get(next).id().equals(hit.passage())) {
                found.add(hit(hit, passages.get(next++)));
            }
        }
        return found;
    }

    private static SearchHit hit(Hit hit, Passage passage) {
        return new SearchHit(
                passage.id(),
                passage.source(),
                SourceKey.of(passage.source()).plain(passage.document()),
                passage.title(),
                passage.text(),
                passage.start(),
                passage.end(),
                passage.anchor(),
                hit.score());
    }
}
