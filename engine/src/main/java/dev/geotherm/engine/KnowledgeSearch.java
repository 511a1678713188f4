package dev.geotherm.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.api.anchor.ExplainedHit;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.engine.ledger.LedgerEntry;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The thread-safe search of a knowledge engine, which returns hits of the current generation with their texts. */
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

    /** Returns the default mode for an embedder. Non-semantic vectors would make a lexical search worse. */
    static RetrievalMode mode(Embedder embedder) {
        return embedder.isSemantic() ? RetrievalMode.FUSED : RetrievalMode.LEXICAL;
    }

    /** Returns the query of a request, with the embedding of its text if the mode needs one. */
    Query query(SearchRequest request) {
        return request.toQuery(mode(embedder), this::embedded);
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
        return withTexts(index, index.retriever().search(query), hit -> hit, (hit, found) -> found);
    }

    /** Searches the documents of a source, which have one passage each. */
    List<EmbeddedDocuments.Found> embedded(String source, Query query) throws IOException {
        KnowledgeStore store = generations.current();
        List<Hit> hits = store.index().retriever().search(query);
        Map<String, Passage> passages = new HashMap<>();
        for (Passage passage :
                store.index().find(hits.stream().map(Hit::passage).toList())) {
            passages.put(passage.id(), passage);
        }
        List<EmbeddedDocuments.Found> found = new ArrayList<>(hits.size());
        for (Hit hit : hits) {
            Optional<EmbeddedDocument> document = document(store, SourceKey.of(source), passages.get(hit.passage()));
            document.ifPresent(each -> found.add(new EmbeddedDocuments.Found(each, hit.score())));
        }
        return found;
    }

    /** Returns the document of a passage; empty if either was removed since the search. */
    private Optional<EmbeddedDocument> document(KnowledgeStore store, SourceKey source, @Nullable Passage passage)
            throws IOException {
        if (passage == null) {
            return Optional.empty();
        }
        String id = source.plain(passage.document());
        Optional<LedgerEntry> entry = store.ledger().find(source.name(), id);
        if (entry.isEmpty()) {
            return Optional.empty();
        }
        String metadata = entry.get().metadata();
        return Optional.of(new EmbeddedDocument(
                id,
                passage.text(),
                AnchorRestoration.embedding(passage, embedder.dimension()),
                metadata.isEmpty() ? Json.MAPPER.createObjectNode() : (ObjectNode) Json.MAPPER.readTree(metadata)));
    }

    /** Visits the documents of a source, which have one passage each. */
    void forEachEmbedded(String source, Consumer<? super EmbeddedDocument> visitor) throws IOException {
        KnowledgeStore store = generations.current();
        SourceKey key = SourceKey.of(source);
        for (LedgerEntry entry : store.ledger().entries(source)) {
            for (Passage passage : store.index().find(List.of(key.passage(entry.document(), 0)))) {
                document(store, key, passage).ifPresent(visitor);
            }
        }
    }

    List<ExplainedSearchHit> explain(Query query) {
        PassageIndex index = generations.current().index();
        return withTexts(
                index,
                index.retriever().explain(query),
                ExplainedHit::hit,
                (explained, found) -> new ExplainedSearchHit(found, explained));
    }

    private static <H, R> List<R> withTexts(
            PassageIndex index, List<H> hits, Function<H, Hit> hit, BiFunction<H, SearchHit, R> result) {
        List<Passage> passages =
                index.find(hits.stream().map(each -> hit.apply(each).passage()).toList());
        List<R> found = new ArrayList<>(hits.size());
        int next = 0;
        for (H each : hits) {
            // A passage may have been removed since the search.
            if (next < passages.size()
                    && passages.get(next).id().equals(hit.apply(each).passage())) {
                found.add(result.apply(each, hit(hit.apply(each), passages.get(next++))));
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
