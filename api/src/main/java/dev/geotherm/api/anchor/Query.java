package dev.geotherm.api.anchor;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query to a retriever.
 *
 * @param mode the retrieval mode
 * @param text the words to find, as plain text without query syntax; may be empty
 * @param embedding the query vector, if the mode needs one; must not be modified
 * @param anchor the anchor, if the mode needs one
 * @param document the document's id, if the mode needs one
 * @param limit the maximum number of hits, at least 1
 * @param collapse whether each document has one hit, its best passage; the limit then counts documents
 * @param filter the passages that can be found; it does not change scores, but modes that combine others combine only
 *     accepted passages
 * @param weights the weights of the modes that this query combines, or none for those of the retriever's settings
 */
@SuppressWarnings("ArrayRecordComponent") // vectors are large and passed by reference throughout
public record Query(
        RetrievalMode mode,
        String text,
        float @Nullable [] embedding,
        @Nullable AnchorId anchor,
        @Nullable String document,
        int limit,
        boolean collapse,
        Filter filter,
        Weights weights) {

    /** Checks the limit, and that the query has all inputs that its mode needs and only weights that its mode uses. */
    public Query {
        requireNonNull(mode, "mode");
        requireNonNull(text, "text");
        requireNonNull(filter, "filter");
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
        requireNonNull(weights, "weights");
        List<RetrievalMode> parts = parts(mode, weights);
        for (RetrievalMode part : parts) {
            String missing = switch (part) {
                case SIMILARITY -> embedding == null ? "an embedding" : "";
                case NEIGHBOURHOOD -> anchor == null ? "an anchor" : "";
                case PROVENANCE -> document == null ? "a document" : "";
                default -> "";
            };
            if (!missing.isEmpty()) {
                throw new IllegalArgumentException("a query in mode " + mode + " needs " + missing);
            }
        }
        if (mode != RetrievalMode.COMPOSITE
                && !parts.containsAll(weights.byMode().keySet())) {
            throw new IllegalArgumentException("a query in mode " + mode + " cannot have the weights " + weights);
        }
        if (mode == RetrievalMode.COMPOSITE && parts.equals(List.of(RetrievalMode.TIME))) {
            throw new IllegalArgumentException(
                    "a query in mode " + mode + " cannot have time as its only weight; use mode TIME");
        }
    }

    /** Returns the modes that a query combines, or its only mode. */
    private static List<RetrievalMode> parts(RetrievalMode mode, Weights weights) {
        return switch (mode) {
            case FUSED, WEIGHTED -> List.of(RetrievalMode.LEXICAL, RetrievalMode.SIMILARITY);
            case COMPOSITE ->
                weights.isNone()
                        ? List.of(RetrievalMode.LEXICAL, RetrievalMode.SIMILARITY, RetrievalMode.TIME)
                        : weights.byMode().keySet().stream()
                                .filter(weights::includes)
                                .toList();
            default -> List.of(mode);
        };
    }

    /** Creates a query without a filter or weights. */
    public Query(
            RetrievalMode mode,
            String text,
            float @Nullable [] embedding,
            @Nullable AnchorId anchor,
            @Nullable String document,
            int limit,
            boolean collapse) {
        this(mode, text, embedding, anchor, document, limit, collapse, Filter.none(), Weights.none());
    }

    /** Returns a query by words, ranked by BM25. */
    public static Query lexical(String text, int limit) {
        return new Query(RetrievalMode.LEXICAL, text, null, null, null, limit, false);
    }

    /** Returns a query by cosine similarity. */
    public static Query similarity(float[] embedding, int limit) {
        return new Query(RetrievalMode.SIMILARITY, "", embedding, null, null, limit, false);
    }

    /** Returns a query by words and by cosine similarity, combined by reciprocal rank fusion. */
    public static Query fused(String text, float[] embedding, int limit) {
        return new Query(RetrievalMode.FUSED, text, embedding, null, null, limit, false);
    }

    /** Returns a query by words and by cosine similarity, combined by a weighted sum of scores. */
    public static Query weighted(String text, float[] embedding, int limit) {
        return new Query(RetrievalMode.WEIGHTED, text, embedding, null, null, limit, false);
    }

    /**
     * Returns a query by words, cosine similarity and time, combined by a weighted sum of scores; {@link #withWeights}
     * can choose other modes.
     */
    public static Query composite(String text, float[] embedding, int limit) {
        return new Query(RetrievalMode.COMPOSITE, text, embedding, null, null, limit, false);
    }

    /**
     * Returns a query for the newest passages that contain one of the words, or the newest of all passages if the text
     * is blank.
     */
    public static Query newest(String text, int limit) {
        return new Query(RetrievalMode.TIME, text, null, null, null, limit, false);
    }

    /** Returns a query for the neighbourhood of an anchor. */
    public static Query near(AnchorId anchor, int limit) {
        return new Query(RetrievalMode.NEIGHBOURHOOD, "", null, anchor, null, limit, false);
    }

    /** Returns a query for the passages of a document. */
    public static Query ofDocument(String document, int limit) {
        return new Query(RetrievalMode.PROVENANCE, "", null, null, document, limit, false);
    }

    /** Returns a copy that finds documents: each has one hit, its best passage, and the limit counts documents. */
    public Query collapsed() {
        return new Query(mode, text, embedding, anchor, document, limit, true, filter, weights);
    }

    /** Returns a copy with another filter. */
    public Query filtered(Filter newFilter) {
        return new Query(mode, text, embedding, anchor, document, limit, collapse, newFilter, weights);
    }

    /** Returns a copy with other weights. */
    public Query withWeights(Weights newWeights) {
        return new Query(mode, text, embedding, anchor, document, limit, collapse, filter, newWeights);
    }
}
