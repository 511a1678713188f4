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

/**
 * A score provider that compares the vectors of a new graph with Lucene. Read failures are thrown as {@link
 * UncheckedIOException}.
 */
final class StoredScores implements BuildScoreProvider {
    private final RandomVectorScorerSupplier vectors;

    StoredScores(RandomVectorScorerSupplier vectors) {
        this.vectors = vectors;
    }

    /** Returns the scores of one vector compared with others. */
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

    /** Returns the read failure that JVector has wrapped, or rethrows any other exception. */
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

    /** Unused: JVector calls this only when it adds vectors that are not in storage. */
    @Override
    public SearchScoreProvider searchProviderFor(VectorFloat<?> vector) {
        throw new UnsupportedOperationException("only stored vectors can be compared");
    }

    /** Unused: JVector calls this only when vectors are removed from a graph. */
    @Override
    public VectorFloat<?> approximateCentroid() {
        throw new UnsupportedOperationException("a graph of a segment has no removed vectors");
    }
}
