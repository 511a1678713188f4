package dev.geotherm.anchors.retrieval;

import dev.geotherm.anchors.vector.VectorMath;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.RetrievalMode;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;

/**
 * The weighted sum of the normalised scores of several rankings, for every passage in any of them. If another ranking is not
 * deep enough to contain a passage, its score is computed afterwards. The sum therefore depends only on the passage. See
 * {@link RetrievalMode#COMPOSITE} for the normalisation.
 */
final class WeightedSum {
    private final PartSearch search;
    private final Query query;
    private final Combination combination;
    private final int[] candidates; // in ascending order
    private final Map<RetrievalMode, double[]> scores = new EnumMap<>(RetrievalMode.class);
    private final Map<RetrievalMode, Double> best = new EnumMap<>(RetrievalMode.class);

    /**
     * Computes the scores of each part.
     *
     * @param rankings the rankings of the passage-finding modes
     */
    WeightedSum(
            PartSearch search,
            Query query,
            Combination combination,
            Map<RetrievalMode, Ranking> rankings,
            RecencyScale recency)
            throws IOException {
        this.search = search;
        this.query = query;
        this.combination = combination;
        candidates = rankings.values().stream()
                .flatMapToInt(ranking -> IntStream.range(0, ranking.size()).map(ranking::rank))
                .sorted()
                .distinct()
                .toArray();
        for (RetrievalMode mode : combination.shares().keySet()) {
            Ranking ranking = rankings.getOrDefault(mode, Ranking.EMPTY);
            scores.put(mode, scores(mode, ranking, recency));
            boolean relative = mode != RetrievalMode.TIME && mode != RetrievalMode.PROVENANCE;
            best.put(mode, !relative ? 1 : ranking.size() == 0 ? 0 : ranking.score(0));
        }
    }

    private double[] scores(RetrievalMode mode, Ranking ranking, RecencyScale recency) throws IOException {
        double[] found = new double[candidates.length];
        Arrays.fill(found, Double.NaN);
        for (int i = 0; i < ranking.size(); i++) {
            found[place(ranking.rank(i))] = mode == RetrievalMode.PROVENANCE ? 1 : ranking.score(i);
        }
        int[] missing = IntStream.range(0, found.length)
                .filter(place -> Double.isNaN(found[place]))
                .boxed()
                .sorted((a, b) -> Integer.compare(doc(a), doc(b)))
                .mapToInt(place -> place)
                .toArray();
        for (int place : missing) {
            found[place] = 0;
        }
        switch (mode) {
            case LEXICAL -> words(missing, found);
            case SIMILARITY, NEIGHBOURHOOD -> cosines(search.vector(query, mode), missing, found);
            case TIME -> recency.add(missing, this::doc, found);
            default -> document(ranking, missing, found);
        }
        return found;
    }

    private int place(int rank) {
        return Arrays.binarySearch(candidates, rank);
    }

    private int doc(int place) {
        return search.snapshot().doc(candidates[place]);
    }

    private void words(int[] missing, double[] into) throws IOException {
        Weight weight =
                search.scorer().createWeight(search.scorer().rewrite(search.words(query)), ScoreMode.COMPLETE, 1);
        List<LeafReaderContext> leaves = search.snapshot().reader().leaves();
        LeafReaderContext leaf = null;
        Scorer scorer = null;
        for (int place : missing) {
            LeafReaderContext own = leaves.get(ReaderUtil.subIndex(doc(place), leaves));
            if (own != leaf) {
                leaf = own;
                scorer = weight.scorer(own);
            }
            int doc = doc(place) - own.docBase;
            if (scorer != null && scorer.docID() < doc) {
                scorer.iterator().advance(doc);
            }
            if (scorer != null && scorer.docID() == doc) {
                into[place] = scorer.score();
            }
        }
    }

    private void cosines(float[] vector, int[] missing, double[] into) throws IOException {
        if (VectorMath.isZero(vector)) {
            return;
        }
        List<LeafReaderContext> leaves = search.snapshot().reader().leaves();
        LeafReaderContext leaf = null;
        StoredVectors stored = StoredVectors.NONE;
        for (int place : missing) {
            LeafReaderContext own = leaves.get(ReaderUtil.subIndex(doc(place), leaves));
            if (own != leaf) {
                leaf = own;
                stored = StoredVectors.of(own.reader());
            }
            if (stored.advanceTo(doc(place) - own.docBase)) {
                into[place] = VectorMath.cosine(vector, stored.vector());
            }
        }
    }

    private void document(Ranking ranking, int[] missing, double[] into) {
        for (int place : missing) {
            boolean same = ranking.size() > 0
                    && search.snapshot().document(candidates[place])
                            == search.snapshot().document(ranking.rank(0));
            into[place] = same ? 1 : 0;
        }
    }

    /** Returns the passages with the highest sums. */
    Ranking best(int limit) {
        BestPassages all = new BestPassages(Math.max(1, Math.min(limit, candidates.length)));
        for (int candidate : candidates) {
            double sum = 0;
            for (RetrievalMode mode : combination.shares().keySet()) {
                sum += contribution(mode, candidate);
            }
            all.offer(sum, candidate);
        }
        return all.drain();
    }

    /** Returns the raw score of a passage in a part; 0 if no part has found the passage. */
    double score(RetrievalMode mode, int rank) {
        int place = place(rank);
        return place < 0 ? 0 : scores.getOrDefault(mode, new double[0])[place];
    }

    /** Returns the contribution of a part to the sum of a passage. */
    double contribution(RetrievalMode mode, int rank) {
        double highest = best.getOrDefault(mode, 0.0);
        return highest <= 0 ? 0 : combination.share(mode) * Math.max(0, score(mode, rank)) / highest;
    }
}
