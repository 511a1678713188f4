package dev.geotherm.engine;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.anchor.AnchorId;
import dev.geotherm.api.anchor.Filter;
import dev.geotherm.api.anchor.Query;
import dev.geotherm.api.anchor.RetrievalMode;
import dev.geotherm.api.anchor.Weights;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A search request to a knowledge engine, in any mode.
 *
 * @param text the words of the query, without query syntax; may be empty
 * @param mode the mode; null for the default mode, see {@link Knowledge#search(String, int)}
 * @param limit the maximum number of hits, at least 1
 * @param weights the weights of the combined modes, or none to use those of the settings
 * @param anchor the anchor with the neighbourhood to search, if the mode needs one
 * @param source the source of the document; empty for the single source of a run
 * @param document the id of a document in its source, if the mode needs one
 */
public record SearchRequest(
        String text,
        @Nullable RetrievalMode mode,
        int limit,
        Weights weights,
        @Nullable AnchorId anchor,
        String source,
        @Nullable String document) {

    /** Validates the limit, and that weights come with a mode. */
    public SearchRequest {
        requireNonNull(text, "text");
        requireNonNull(weights, "weights");
        requireNonNull(source, "source");
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
        if (mode == null && !weights.isNone()) {
            throw new IllegalArgumentException("weights need a mode: fused, weighted or composite");
        }
    }

    /** Returns a search by text; a null mode means the default mode. */
    public static SearchRequest of(String text, @Nullable RetrievalMode mode, int limit) {
        return new SearchRequest(text, mode, limit, Weights.none(), null, "", null);
    }

    /** Returns this search with other weights. */
    public SearchRequest withWeights(Weights newWeights) {
        return new SearchRequest(text, mode, limit, newWeights, anchor, source, document);
    }

    /** Returns this search in the neighbourhood of an anchor. */
    public SearchRequest near(AnchorId newAnchor) {
        return new SearchRequest(text, mode, limit, weights, newAnchor, source, document);
    }

    /** Returns this search in a document. */
    public SearchRequest inDocument(String newSource, String newDocument) {
        return new SearchRequest(text, mode, limit, weights, anchor, newSource, newDocument);
    }

    /** Returns whether a mode compares the embedding of the text. */
    private boolean embedsText(RetrievalMode chosen) {
        return switch (chosen) {
            case SIMILARITY, FUSED, WEIGHTED -> true;
            case COMPOSITE -> weights.isNone() || weights.includes(RetrievalMode.SIMILARITY);
            case LEXICAL, TIME, NEIGHBOURHOOD, PROVENANCE -> false;
        };
    }

    /**
     * Checks that the request has everything that its mode needs, and only weights that its mode uses.
     *
     * @throws IllegalArgumentException if the check fails
     */
    public void check() {
        toQuery(RetrievalMode.LEXICAL, unused -> new float[0]);
    }

    /**
     * Returns the query for the index.
     *
     * @param suiting the mode to use if the request has none
     * @param embedder the function that embeds the text, if the mode needs an embedding
     */
    @SuppressWarnings("NullAway") // NullAway does not see in class files that the embedding of a query may be null
    Query toQuery(RetrievalMode suiting, Function<String, float[]> embedder) {
        RetrievalMode chosen = mode == null ? suiting : mode;
        String id = document;
        return new Query(
                chosen,
                text,
                embedsText(chosen) ? embedder.apply(text) : null,
                anchor,
                id == null ? null : SourceKey.of(source).document(id),
                limit,
                false,
                Filter.none(),
                weights);
    }
}
