package dev.geotherm.anchors.retrieval;

import java.io.IOException;
import java.util.Collection;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.CollectorManager;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/** A collector of the passages with the highest scores; ties are ordered by id. */
final class WordSearch extends SimpleCollector {
    /** If the limit is below one in this number of passages, passages that cannot be among the best are skipped. */
    private static final int SKIP_FROM = 20;

    private final Snapshot snapshot;
    private final BestPassages best;
    private final ScoreMode mode;

    @SuppressWarnings("NullAway.Init") // set before the first document
    private Scorable scorer;

    private int base;

    private WordSearch(Snapshot snapshot, int limit) {
        this.snapshot = snapshot;
        best = new BestPassages(limit);
        mode = snapshot.reader().numDocs() / SKIP_FROM > limit ? ScoreMode.TOP_SCORES : ScoreMode.COMPLETE;
    }

    /** Returns the best passages for a query. */
    static Ranking search(PassageScorer searcher, Snapshot snapshot, org.apache.lucene.search.Query query, int limit)
            throws IOException {
        return searcher.search(query, new CollectorManager<WordSearch, Ranking>() {
            @Override
            public WordSearch newCollector() {
                return new WordSearch(snapshot, limit);
            }

            @Override
            public Ranking reduce(Collection<WordSearch> collectors) {
                return collectors.iterator().next().best.drain(); // exactly one, because the searcher has no executor
            }
        });
    }

    @Override
    public ScoreMode scoreMode() {
        return mode;
    }

    @Override
    protected void doSetNextReader(LeafReaderContext context) {
        base = context.docBase;
    }

    @Override
    public void setScorer(Scorable newScorer) throws IOException {
        scorer = newScorer;
        skipUncompetitive(Double.NEGATIVE_INFINITY);
    }

    /** Passes a raised threshold to the scorer. A passage with an equal score can still win by its id. */
    private void skipUncompetitive(double before) throws IOException {
        if (mode == ScoreMode.TOP_SCORES && best.threshold() > before) {
            scorer.setMinCompetitiveScore((float) best.threshold());
        }
    }

    @Override
    public void collect(int doc) throws IOException {
        float score = scorer.score();
        double before = best.threshold();
        if (score >= before) {
            best.offer(score, snapshot.rank(base + doc));
            skipUncompetitive(before);
        }
    }
}
