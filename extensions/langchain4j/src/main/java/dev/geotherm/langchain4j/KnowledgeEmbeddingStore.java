package dev.geotherm.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.GeothermException;
import dev.geotherm.engine.EmbeddedDocument;
import dev.geotherm.engine.EmbeddedDocuments;
import dev.geotherm.engine.Knowledge;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingSearchResult;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.RelevanceScore;
import dev.langchain4j.store.embedding.filter.Filter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An embedding store of LangChain4j over one source of {@link Knowledge}: each segment is a document of the source, with its
 * anchors, state and history. {@code geotherm search}, {@code verify}, {@code export} and {@code forget} and {@link
 * KnowledgeContentRetriever} treat it as any other document.
 *
 * <p>When a call returns, its changes are on disk, and later searches see them. Each call is one commit, so store many
 * embeddings in one call. The embeddings must be from the embedder of the platform, for example from the embedding model that
 * the embedder {@code langchain4j} uses. The score of a match is LangChain4j's relevance, from 0 to 1. An embedding is
 * returned with length 1; an all-zero one is kept, but never found.
 *
 * <p>Personal data in segments and in the texts of their metadata is replaced as the settings of the knowledge say. Metadata
 * keeps the types of its values. Every filter works: the metadata of the best matches is read, as many as are needed. An
 * embedding without a segment matches no filter.
 *
 * <p>Safe for use by many threads. It does not close the knowledge. A failed write throws a {@link GeothermException}; the next
 * call continues from the last commit. If the calling thread is interrupted while it stores, the call fails in this way, and some
 * of its embeddings may be stored.
 */
public final class KnowledgeEmbeddingStore implements EmbeddingStore<TextSegment> {
    /** The number of matches read first if their metadata has to be checked, and the factor by which it grows. */
    private static final int FIRST_CHECKED = 100;

    private static final int GROWTH = 8;

    private final EmbeddedDocuments documents;

    private KnowledgeEmbeddingStore(EmbeddedDocuments documents) {
        this.documents = documents;
    }

    /**
     * Returns a store over a source.
     *
     * @param source the name of a source that only such stores use; an ingestion of a corpus with this name would remove the
     *     segments
     */
    public static KnowledgeEmbeddingStore of(Knowledge knowledge, String source) {
        return new KnowledgeEmbeddingStore(
                requireNonNull(knowledge, "knowledge").embedded(source));
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
     * @throws IllegalArgumentException if the lists differ in size, an embedding has a different length from the embedder's,
     *     or a number in it is not finite; nothing is stored then
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
        List<EmbeddedDocument> added = new ArrayList<>(vectors.size());
        for (int i = 0; i < vectors.size(); i++) {
            TextSegment segment = segments == null ? null : segments.get(i);
            added.add(SegmentDocument.write(
                    requireNotBlank(names.get(i)), vectors.get(i).vector(), segment));
        }
        try {
            documents.put(added);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new GeothermException("the thread was interrupted while it stored embeddings", interrupted);
        }
    }

    private static String requireNotBlank(@Nullable String id) {
        if (id == null || id.isBlank()) {
            throw new IllegalArgumentException("id cannot be null or blank");
        }
        return id;
    }

    @Override
    public void remove(@Nullable String id) {
        documents.remove(List.of(requireNotBlank(id)));
    }

    /** Removes embeddings by their ids; unknown ids are ignored, as is a missing collection. */
    @Override
    public void removeAll(@Nullable Collection<String> ids) {
        if (ids != null && !ids.isEmpty()) {
            documents.remove(ids);
        }
    }

    @Override
    public void removeAll(@Nullable Filter filter) {
        if (filter == null) {
            throw new IllegalArgumentException("filter cannot be null");
        }
        documents.remove(ids(filter));
    }

    /** Removes all documents of the source. */
    @Override
    public void removeAll() {
        documents.remove(ids(null));
    }

    private List<String> ids(@Nullable Filter filter) {
        List<String> ids = new ArrayList<>();
        documents.forEach(document -> {
            if (filter == null || accepts(filter, SegmentDocument.read(document))) {
                ids.add(document.id());
            }
        });
        return ids;
    }

    private static boolean accepts(Filter filter, @Nullable TextSegment segment) {
        return segment != null && filter.test(segment.metadata());
    }

    @Override
    public EmbeddingSearchResult<TextSegment> search(EmbeddingSearchRequest request) {
        long limit =
                request.filter() == null ? request.maxResults() : Math.max(FIRST_CHECKED, (long) request.maxResults());
        while (true) {
            int bounded = (int) Math.min(limit, Integer.MAX_VALUE);
            List<EmbeddedDocuments.Found> found =
                    documents.search(request.queryEmbedding().vector(), bounded);
            List<EmbeddingMatch<TextSegment>> matches = matches(found, request);
            if (matches.size() >= request.maxResults()
                    || found.size() < bounded
                    || relevance(found.get(found.size() - 1)) < request.minScore()) {
                return new EmbeddingSearchResult<>(matches);
            }
            limit *= GROWTH;
        }
    }

    /** Searches before it returns, because knowledge of this process has nothing to wait for. */
    @Override
    public CompletableFuture<EmbeddingSearchResult<TextSegment>> searchAsync(EmbeddingSearchRequest request) {
        try {
            return CompletableFuture.completedFuture(search(request));
        } catch (RuntimeException failed) {
            return CompletableFuture.failedFuture(failed);
        }
    }

    private static List<EmbeddingMatch<TextSegment>> matches(
            List<EmbeddedDocuments.Found> found, EmbeddingSearchRequest request) {
        List<EmbeddingMatch<TextSegment>> matches = new ArrayList<>();
        for (EmbeddedDocuments.Found each : found) {
            double score = relevance(each);
            if (score < request.minScore() || matches.size() == request.maxResults()) {
                break;
            }
            TextSegment segment = SegmentDocument.read(each.document());
            if (request.filter() == null || accepts(request.filter(), segment)) {
                matches.add(new EmbeddingMatch<>(
                        score,
                        each.document().id(),
                        Embedding.from(each.document().embedding()),
                        segment));
            }
        }
        return matches;
    }

    private static double relevance(EmbeddedDocuments.Found found) {
        return RelevanceScore.fromCosineSimilarity(found.cosine());
    }
}
