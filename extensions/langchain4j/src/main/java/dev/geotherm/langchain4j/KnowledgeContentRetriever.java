package dev.geotherm.langchain4j;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.engine.Knowledge;
import dev.geotherm.engine.SearchHit;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.store.embedding.RelevanceScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A LangChain4j content retriever over {@link Knowledge}, which returns the passages found for a query, best first.
 *
 * <p>The metadata of a content's segment contains {@code source} and {@code document}, {@code title} if the document has
 * one, and the offsets of the passage in its document, {@code start} and {@code end}. The content's own metadata contains
 * the id of the passage and its score. In mode similarity, the score is LangChain4j's relevance from 0 to 1; in the other
 * modes, it is comparable only among the contents of one query.
 *
 * <p>Immutable and thread-safe. The retriever does not close the knowledge.
 */
public final class KnowledgeContentRetriever implements ContentRetriever {
    private static final int DEFAULT_RESULTS = 5;

    private final Knowledge knowledge;
    private final @Nullable RetrievalMode mode;
    private final int maxResults;
    private final double minScore;

    private KnowledgeContentRetriever(
            Knowledge knowledge, @Nullable RetrievalMode mode, int maxResults, double minScore) {
        this.knowledge = requireNonNull(knowledge, "knowledge");
        this.mode = mode;
        this.maxResults = maxResults;
        this.minScore = minScore;
        if (mode == RetrievalMode.NEIGHBOURHOOD || mode == RetrievalMode.PROVENANCE) {
            throw new IllegalArgumentException("the mode must be lexical, similarity, fused or time, was " + mode);
        }
        if (maxResults < 1) {
            throw new IllegalArgumentException("the number of results must be at least 1, was " + maxResults);
        }
        if (!(minScore >= 0 && minScore <= 1)) {
            throw new IllegalArgumentException("the minimum score must be from 0 to 1, was " + minScore);
        }
        if (minScore > 0 && mode != RetrievalMode.SIMILARITY) {
            throw new IllegalArgumentException("only scores of mode similarity are from 0 to 1; the mode is "
                    + (mode == null ? "that of the knowledge" : mode));
        }
    }

    /** Returns a retriever that searches like {@link Knowledge#search(String, int)}, with at most 5 results. */
    public static KnowledgeContentRetriever of(Knowledge knowledge) {
        return new KnowledgeContentRetriever(knowledge, null, DEFAULT_RESULTS, 0);
    }

    /**
     * Returns this retriever with another mode, and without a minimum score.
     *
     * @param newMode the mode: lexical, similarity, fused or time
     */
    public KnowledgeContentRetriever withMode(RetrievalMode newMode) {
        return new KnowledgeContentRetriever(knowledge, requireNonNull(newMode, "newMode"), maxResults, 0);
    }

    /** Returns this retriever with another maximum number of results, at least 1. */
    public KnowledgeContentRetriever withMaxResults(int newMaxResults) {
        return new KnowledgeContentRetriever(knowledge, mode, newMaxResults, minScore);
    }

    /**
     * Returns this retriever with another minimum score.
     *
     * @param newMinScore a relevance from 0 to 1; above 0 only in mode similarity, because scores of the other modes have no
     *     common scale
     */
    public KnowledgeContentRetriever withMinScore(double newMinScore) {
        return new KnowledgeContentRetriever(knowledge, mode, maxResults, newMinScore);
    }

    @Override
    public List<Content> retrieve(Query query) {
        List<Content> contents = new ArrayList<>();
        List<SearchHit> hits = mode == null
                ? knowledge.search(query.text(), maxResults)
                : knowledge.search(query.text(), mode, maxResults);
        for (SearchHit hit : hits) {
            double score =
                    mode == RetrievalMode.SIMILARITY ? RelevanceScore.fromCosineSimilarity(hit.score()) : hit.score();
            if (score >= minScore && !hit.text().isBlank()) {
                contents.add(content(hit, score));
            }
        }
        return contents;
    }

    private static Content content(SearchHit hit, double score) {
        Metadata metadata = new Metadata()
                .put(GeothermEmbeddingStore.SOURCE, hit.source())
                .put(GeothermEmbeddingStore.DOCUMENT, hit.document())
                .put("start", hit.start())
                .put("end", hit.end());
        if (!hit.title().isBlank()) {
            metadata.put("title", hit.title());
        }
        return Content.from(
                TextSegment.from(hit.text(), metadata),
                Map.of(ContentMetadata.SCORE, score, ContentMetadata.EMBEDDING_ID, hit.passage()));
    }
}
