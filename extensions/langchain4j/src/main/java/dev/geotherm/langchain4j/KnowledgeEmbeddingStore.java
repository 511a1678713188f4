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
import dev.langchain4j.store.embedding.RelevanceScore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A LangChain4j embedding store over one source of {@link Knowledge}. Each segment is a document of the source, with
 * anchors, state and history. {@code geotherm search}, {@code verify}, {@code export} and {@code forget}, and {@link
 * KnowledgeContentRetriever}, treat it like any other document.
 *
 * <p>When a call returns, its changes are on disk, and later searches see them. Each call is one commit, so store many
 * embeddings per call. The embeddings must come from the platform's embedder, for example from the embedding model that the
 * embedder {@code langchain4j} uses. The score of a match is LangChain4j's relevance, from 0 to 1. Embeddings are returned
 * normalised to length 1. An all-zero embedding is kept, but never found.
 *
 * <p>Personal data in segments and in text values of their metadata is replaced according to the settings of the knowledge.
 * Metadata keeps the types of its values. All filters are supported: the store reads the metadata of as many of the best
 * matches as needed. An embedding without a segment matches no filter.
 *
 * <p>Thread-safe. The store does not close the knowledge. A failed write throws a {@link GeothermException}; the next call
 * continues from the last commit. If the calling thread is interrupted during a write, the call fails in the same way, and
 * some of its embeddings may be stored.
 */
public final class KnowledgeEmbeddingStore extends SegmentStore {
    /** The number of matches to read first if their metadata must be checked. */
    private static final int FIRST_CHECKED = 100;

    private static final int GROWTH = 8;

    private final EmbeddedDocuments documents;

    private KnowledgeEmbeddingStore(EmbeddedDocuments documents) {
        this.documents = documents;
    }

    /**
     * Returns an embedding store over a source.
     *
     * @param source the name of a source that only such stores use; ingesting a corpus under this name would remove the
     *     segments
     */
    public static KnowledgeEmbeddingStore of(Knowledge knowledge, String source) {
        return new KnowledgeEmbeddingStore(
                requireNonNull(knowledge, "knowledge").embedded(source));
    }

    @Override
    void put(List<String> ids, List<Embedding> embeddings, @Nullable List<TextSegment> segments) {
        List<EmbeddedDocument> added = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            added.add(SegmentDocument.write(
                    ids.get(i), embeddings.get(i).vector(), segments == null ? null : segments.get(i)));
        }
        try {
            documents.put(added);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new GeothermException("the thread was interrupted while it stored embeddings", interrupted);
        }
    }

    @Override
    void delete(Supplier<? extends Collection<String>> ids) {
        documents.remove(ids.get());
    }

    @Override
    void forEach(BiConsumer<String, Supplier<@Nullable TextSegment>> visitor) {
        documents.forEach(document -> visitor.accept(document.id(), () -> SegmentDocument.read(document)));
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
