package dev.geotherm.jvector;

import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.graph.similarity.ScoreFunction;
import io.github.jbellis.jvector.graph.similarity.SearchScoreProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.util.hnsw.RandomVectorScorer;
import org.apache.lucene.util.hnsw.RandomVectorScorerSupplier;

/** A scorer that compares the vectors of a new graph by means of Lucene. Throws {@link UncheckedIOException}. */
final class StoredScores implements BuildScoreProvider {
    private final RandomVectorScorerSupplier vectors;

    StoredScores(RandomVectorScorerSupplier vectors) {
        this.vectors = vectors;
    }

    /** Returns the scores of a comparison of one vector with others. */
    static SearchScoreProvider of(RandomVectorScorer scorer) {
        ScoreFunction.ExactScoreFunction scores = node -> {
            try {
                return scorer.score(node);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        };
        return new DefaultSearchScoreProvider(scores);
    }

    /** Returns the read failure that JVector has wrapped; rethrows any other exception. */
    static IOException unreadable(RuntimeException failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException unreadable) {
                return unreadable;
            }
        }
        throw failed;
    }

    @Override
    public boolean isExact() {
        return true;
    }

    @Override
    public SearchScoreProvider searchProviderFor(int node) {
        try {
            return of(vectors.scorer(node));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public SearchScoreProvider diversityProviderFor(int node) {
        return searchProviderFor(node);
    }

    /** JVector asks for this only when vectors are added that are in no storage. */
    @Override
    public SearchScoreProvider searchProviderFor(VectorFloat<?> vector) {
        throw new UnsupportedOperationException("only stored vectors can be compared");
    }

    /** JVector asks for this only when vectors are removed from a graph. */
    @Override
    public VectorFloat<?> approximateCentroid() {
        throw new UnsupportedOperationException("a graph of a segment has no removed vectors");
    }
}
