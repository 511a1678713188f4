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
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.RelevanceScore;
import dev.langchain4j.store.embedding.filter.Filter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An embedding store of LangChain4j over a {@link PassageIndex}.
 *
 * <p>What a call stored or removed is found by later searches, and is on disk when the call returns, if the index is durable. Each
 * call is one commit, so store many embeddings by one call. The score of a match is LangChain4j's relevance, from 0 to 1. An
 * embedding of another length than 1 is returned with length 1; an all-zero one is kept, but never found.
 *
 * <p>Metadata keeps the types of its values. Every filter works: conditions on the keys {@value #SOURCE} and {@value #DOCUMENT}
 * are answered by the index, all others by reading the metadata of the best matches, as many as are needed. An embedding without
 * a segment matches no filter.
 *
 * <p>Safe for use by many threads, as the index is. It does not close the index. A failed write throws a {@link
 * GeothermException}, and the last successful call stays; see {@link PassageIndex} for what is possible then.
 */
public final class GeothermEmbeddingStore implements EmbeddingStore<TextSegment> {
    /** The key in the metadata for the source of a segment's document. Filters that require a text of it are fast. */
    public static final String SOURCE = "source";

    /** The key in the metadata for the id of a segment's document. Filters that require a text of it are fast. */
    public static final String DOCUMENT = "document";

    private static final String MARKER = "LangChain4j, format 1";

    /** How many matches are read first if their metadata has to be checked, and by how much that grows. */
    private static final int FIRST_CHECKED = 100;

    private static final int GROWTH = 8;

    private final PassageIndex index;

    /**
     * Creates a store over an index.
     *
     * @param index a new index, or one that such a store has used
     * @throws GeothermException if the index contains something else
     */
    public GeothermEmbeddingStore(PassageIndex index) {
        this.index = requireNonNull(index, "index");
        Optional<String> marker = index.marker();
        if (marker.isPresent() ? !marker.get().equals(MARKER) : index.size() > 0) {
            throw new GeothermException("the index " + index.name()
                    + " contains passages that no embedding store has written; use an index of its own");
        }
    }

    @Override
    public String add(Embedding embedding) {
        return addAll(List.of(embedding)).get(0);
    }

    @Override
    public void add(String id, Embedding embedding) {
        addAll(List.of(id), List.of(embedding), null);
    }

    @Override
    public String add(Embedding embedding, TextSegment segment) {
        return addAll(List.of(embedding), List.of(segment)).get(0);
    }

    @Override
    public List<String> addAll(List<Embedding> embeddings) {
        List<String> ids = generateIds(embeddings.size());
        addAll(ids, embeddings, null);
        return ids;
    }

    @Override
    public List<String> generateIds(int count) {
        List<String> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(UUID.randomUUID().toString());
        }
        return ids;
    }

    /**
     * Stores embeddings under ids; each replaces an earlier one with the same id.
     *
     * @param segments the embedded segments, or null if they are unknown
     * @throws IllegalArgumentException if the lists differ in size, the embeddings differ in length, or a number in them is not
     *     finite; nothing is stored then
     */
    @Override
    public void addAll(
            @Nullable List<String> ids, @Nullable List<Embedding> embeddings, @Nullable List<TextSegment> segments) {
        List<String> names = ids == null ? List.of() : ids;
        List<Embedding> vectors = embeddings == null ? List.of() : embeddings;
        if (names.size() != vectors.size()) {
            throw new IllegalArgumentException(
                    "ids size (" + names.size() + ") is not equal to embeddings size (" + vectors.size() + ")");
        }
        if (segments != null && segments.size() != vectors.size()) {
            throw new IllegalArgumentException(
                    "embeddings size (" + vectors.size() + ") is not equal to embedded size (" + segments.size() + ")");
        }
        if (vectors.isEmpty()) {
            return;
        }
        Instant now = Instant.now();
        List<Passage> passages = new ArrayList<>(vectors.size());
        for (int i = 0; i < vectors.size(); i++) {
            TextSegment segment = segments == null ? null : segments.get(i);
            passages.add(SegmentPassage.write(
                    requireNotBlank(names.get(i)), vectors.get(i).vector(), segment, now));
        }
        write(() -> index.index(passages));
    }

    private static String requireNotBlank(@Nullable String id) {
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("id cannot be null or blank");
        }
        return id;
    }

    /** Makes a change durable and visible. */
    private synchronized void write(Runnable change) {
        change.run();
        index.commit(MARKER);
        index.refresh();
    }

    @Override
    public void remove(@Nullable String id) {
        removeAll(List.of(requireNotBlank(id)));
    }

    /** Removes embeddings by their ids; unknown ids are ignored, as is a missing collection. */
    @Override
    public void removeAll(@Nullable Collection<String> ids) {
        if (ids != null && !ids.isEmpty()) {
            write(() -> index.remove(ids));
        }
    }

    @Override
    public void removeAll(@Nullable Filter filter) {
        if (filter == null) {
            throw new IllegalArgumentException("filter cannot be null");
        }
        write(() -> index.remove(ids(filter)));
    }

    @Override
    public void removeAll() {
        write(() -> index.remove(ids(null)));
    }

    private List<String> ids(@Nullable Filter filter) {
        List<String> ids = new ArrayList<>();
        index.forEach(passage -> {
            if (filter == null || accepts(filter, SegmentPassage.read(passage))) {
                ids.add(passage.id());
            }
        });
        return ids;
    }

    private static boolean accepts(Filter filter, @Nullable TextSegment segment) {
        return segment != null && filter.test(segment.metadata());
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

    /** Searches before it returns, because an index of this process has nothing to wait for. */
    @Override
    public CompletableFuture<EmbeddingSearchResult<TextSegment>> searchAsync(EmbeddingSearchRequest request) {
        try {
            return CompletableFuture.completedFuture(search(request));
        } catch (RuntimeException failed) {
            return CompletableFuture.failedFuture(failed);
        }
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
                continue; // it was removed or replaced since the search
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
