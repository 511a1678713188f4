package dev.geotherm.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.GeothermException;
import dev.geotherm.api.anchor.Hit;
import dev.geotherm.api.anchor.Passage;
import dev.geotherm.api.anchor.PassageIndex;
import dev.geotherm.api.anchor.Query;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingSearchResult;
import dev.langchain4j.store.embedding.RelevanceScore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A LangChain4j embedding store over a {@link PassageIndex}.
 *
 * <p>When a call returns, later searches see its changes and, if the index is durable, the changes are on disk. Each call is
 * one commit, so store many embeddings per call. The score of a match is LangChain4j's relevance, from 0 to 1. Embeddings
 * are returned normalised to length 1. An all-zero embedding is kept, but never found.
 *
 * <p>Metadata keeps the types of its values. All filters are supported. The index evaluates conditions on the keys {@value
 * #SOURCE} and {@value #DOCUMENT}; for other conditions, the store reads the metadata of as many of the best matches as
 * needed. An embedding without a segment matches no filter.
 *
 * <p>Thread-safe, like the index. The store does not close the index. A failed write throws a {@link GeothermException} and
 * keeps the state of the last successful call; see {@link PassageIndex} for the possible operations afterwards.
 */
public final class GeothermEmbeddingStore extends SegmentStore {
    /** The metadata key of the source of a segment's document. Filters that require a text value of this key are fast. */
    public static final String SOURCE = "source";

    /** The metadata key of the id of a segment's document. Filters that require a text value of this key are fast. */
    public static final String DOCUMENT = "document";

    private static final String MARKER = "LangChain4j, format 1";

    /** The number of matches to read first if their metadata must be checked. */
    private static final int FIRST_CHECKED = 100;

    private static final int GROWTH = 8;

    private final PassageIndex index;

    /**
     * Creates a store over an index.
     *
     * @param index a new index, or one that was used only by such stores
     * @throws GeothermException if the index contains anything else
     */
    public GeothermEmbeddingStore(PassageIndex index) {
        this.index = requireNonNull(index, "index");
        Optional<String> marker = index.marker();
        if (marker.isPresent() ? !marker.get().equals(MARKER) : index.size() > 0) {
            throw new GeothermException("the index " + index.name()
                    + " contains passages that no embedding store has written; use a separate index");
        }
    }

    @Override
    void put(List<String> ids, List<Embedding> embeddings, @Nullable List<TextSegment> segments) {
        Instant now = Instant.now();
        List<Passage> passages = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            passages.add(SegmentPassage.write(
                    ids.get(i), embeddings.get(i).vector(), segments == null ? null : segments.get(i), now));
        }
        write(() -> index.index(passages));
    }

    @Override
    void delete(Supplier<? extends Collection<String>> ids) {
        write(() -> index.remove(ids.get()));
    }

    @Override
    void forEach(BiConsumer<String, Supplier<@Nullable TextSegment>> visitor) {
        index.forEach(passage -> visitor.accept(passage.id(), () -> SegmentPassage.read(passage)));
    }

    /** Makes a change durable and visible. */
    private synchronized void write(Runnable change) {
        change.run();
        index.commit(MARKER);
        index.refresh();
    }

    @Override
    public EmbeddingSearchResult<TextSegment> search(EmbeddingSearchRequest request) {
        dev.geotherm.api.anchor.Filter conditions = FilterConditions.of(request.filter());
        List<EmbeddingMatch<TextSegment>> matches = new ArrayList<>();
        long limit =
                request.filter() == null ? request.maxResults() : Math.max(FIRST_CHECKED, (long) request.maxResults());
        boolean complete = conditions == null;
        while (!complete && conditions != null) {
            int bounded = (int) Math.min(limit, Math.max(1, index.size()));
            Query query =
                    Query.similarity(request.queryEmbedding().vector(), bounded).filtered(conditions);
            List<Hit> hits = index.retriever().search(query);
            matches = matches(hits, request);
            complete = matches.size() >= request.maxResults()
                    || hits.size() < bounded
                    || bounded < limit
                    || relevance(hits.get(hits.size() - 1)) < request.minScore();
            limit *= GROWTH;
        }
        return new EmbeddingSearchResult<>(matches);
    }

    private List<EmbeddingMatch<TextSegment>> matches(List<Hit> hits, EmbeddingSearchRequest request) {
        Map<String, Passage> passages = new HashMap<>();
        for (Passage passage : index.find(hits.stream().map(Hit::passage).toList())) {
            passages.put(passage.id(), passage);
        }
        List<EmbeddingMatch<TextSegment>> matches = new ArrayList<>();
        for (Hit hit : hits) {
            Passage passage = passages.get(hit.passage());
            if (passage == null || passage.embedding() == null) {
                continue; // removed or replaced since the search
            }
            double score = relevance(hit);
            if (score < request.minScore() || matches.size() == request.maxResults()) {
                break;
            }
            TextSegment segment = SegmentPassage.read(passage);
            if (request.filter() == null || accepts(request.filter(), segment)) {
                matches.add(new EmbeddingMatch<>(score, hit.passage(), Embedding.from(passage.embedding()), segment));
            }
        }
        return matches;
    }

    private static double relevance(Hit hit) {
        return RelevanceScore.fromCosineSimilarity(hit.score());
    }
}
