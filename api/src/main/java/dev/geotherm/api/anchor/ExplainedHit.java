package dev.geotherm.api.anchor;

import java.util.List;

/**
 * A hit with an explanation of its score.
 *
 * @param hit the hit
 * @param parts the contributions to its score: one, or one for each mode that the query combines
 * @param terms the words of the query that the passage contains, largest contribution first; empty if the query does
 *     not rank by words
 */
public record ExplainedHit(Hit hit, List<Part> parts, List<Term> terms) {

    /** Copies the lists. */
    public ExplainedHit {
        parts = List.copyOf(parts);
        terms = List.copyOf(terms);
    }

    /**
     * The contribution of one ranking to the score of a hit.
     *
     * @param mode the mode of the ranking
     * @param rank the rank of the passage in it, from 1; 0 if the passage is not among those considered, or if the mode
     *     does not rank, as time does not when it is combined with other modes
     * @param score the score of the passage in it: BM25, a cosine, or a factor from 0 to 1 for time; 0 if it does not match
     * @param weight its share of all weights, 0 to 1
     * @param contribution its contribution to the score of the hit, which is the sum of all contributions
     */
    public record Part(RetrievalMode mode, int rank, double score, double weight, double contribution) {}

    /**
     * A word of the query that the passage contains.
     *
     * @param word the word as written in the query
     * @param score its share of the BM25 score
     */
    public record Term(String word, double score) {}
}
