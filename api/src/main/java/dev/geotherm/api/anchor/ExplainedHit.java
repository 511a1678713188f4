package dev.geotherm.api.anchor;

import java.util.List;

/**
 * A hit with the reasons for its score.
 *
 * @param hit the hit
 * @param parts the rankings that its score comes from: one, or those that the mode combines
 * @param terms the words of the query that the passage contains, the one that contributes most first; empty if the query
 *     does not rank by words
 */
public record ExplainedHit(Hit hit, List<Part> parts, List<Term> terms) {

    /** Copies the lists. */
    public ExplainedHit {
        parts = List.copyOf(parts);
        terms = List.copyOf(terms);
    }

    /**
     * What one ranking contributes to a hit.
     *
     * @param mode the mode of the ranking
     * @param rank the rank of the passage in it, from 1; 0 if it is not among the passages that took part, or if the part
     *     has no ranking of its own, as time has none where it is combined with others
     * @param score the score of the passage in it: BM25, a cosine, or a factor from 0 to 1 for time; 0 if it does not match
     * @param weight the share of the part in the weights, 0 to 1
     * @param contribution the part of the hit's score that comes from here; the contributions of all parts sum up to it
     */
    public record Part(RetrievalMode mode, int rank, double score, double weight, double contribution) {}

    /**
     * A word of the query that the passage contains.
     *
     * @param word the word, as the query has it
     * @param score its part of the BM25 score
     */
    public record Term(String word, double score) {}
}
