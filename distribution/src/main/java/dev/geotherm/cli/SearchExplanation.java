package dev.geotherm.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.engine.Knowledge;
import dev.geotherm.engine.SearchHit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The explanation of a hit: its ranks and scores by words and by vectors among the first passages of each, and its anchor.
 *
 * @param words the hit in the search by words, or null if it is not among the first ones
 * @param wordsRank its rank there, from 1
 * @param vectors the hit in the search by vectors, or null
 * @param vectorsRank its rank there
 * @param anchor the anchor of the passage, or an empty text
 */
record SearchExplanation(
        @Nullable SearchHit words, int wordsRank, @Nullable SearchHit vectors, int vectorsRank, String anchor) {
    private static final int DEPTH = 100;

    static List<SearchExplanation> of(Knowledge knowledge, String query, List<SearchHit> hits) {
        List<SearchHit> words = knowledge.search(query, RetrievalMode.LEXICAL, DEPTH);
        List<SearchHit> vectors = knowledge.search(query, RetrievalMode.SIMILARITY, DEPTH);
        return hits.stream()
                .map(hit -> {
                    int byWords = rank(words, hit);
                    int byVectors = rank(vectors, hit);
                    return new SearchExplanation(
                            byWords > 0 ? words.get(byWords - 1) : null,
                            byWords,
                            byVectors > 0 ? vectors.get(byVectors - 1) : null,
                            byVectors,
                            hit.anchor() == null ? "" : hit.anchor().value());
                })
                .toList();
    }

    private static int rank(List<SearchHit> hits, SearchHit wanted) {
        for (int i = 0; i < hits.size(); i++) {
            if (hits.get(i).passage().equals(wanted.passage())) {
                return i + 1;
            }
        }
        return 0;
    }

    ObjectNode toJson() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        if (words != null) {
            json.putObject("lexical").put("rank", wordsRank).put("score", words.score());
        }
        if (vectors != null) {
            json.putObject("similarity").put("rank", vectorsRank).put("score", vectors.score());
        }
        return json;
    }

    @Override
    public String toString() {
        return "words: " + part(words, wordsRank) + ", vectors: " + part(vectors, vectorsRank)
                + (anchor.isEmpty() ? "" : ", anchor " + anchor);
    }

    private static String part(@Nullable SearchHit hit, int rank) {
        return hit == null
                ? "not among the first " + DEPTH
                : String.format(Locale.ROOT, "rank %d (%.4f)", rank, hit.score());
    }
}
