package dev.geotherm.api.anchor;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What is searched for.
 *
 * @param mode by what
 * @param text words, or empty; no query syntax: every character is taken as text
 * @param embedding a vector, where the mode needs one; not changed by anybody
 * @param anchor an anchor, where the mode needs one
 * @param document a document's id, where the mode needs one
 * @param limit how many hits at most, at least 1
 */
@SuppressWarnings("ArrayRecordComponent") // vectors are large and passed by reference throughout
public record Query(
        RetrievalMode mode,
        String text,
        float @Nullable [] embedding,
        @Nullable AnchorId anchor,
        @Nullable String document,
        int limit) {

    /** Checks the limit, and that what the mode needs is there. */
    public Query {
        requireNonNull(mode, "mode");
        requireNonNull(text, "text");
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1, was " + limit);
        }
        boolean complete = switch (mode) {
            case LEXICAL, TIME -> true;
            case SIMILARITY, FUSED -> embedding != null;
            case NEIGHBOURHOOD -> anchor != null;
            case PROVENANCE -> document != null;
        };
        if (!complete) {
            throw new IllegalArgumentException("a query by " + mode + " needs its "
                    + (mode == RetrievalMode.NEIGHBOURHOOD
                            ? "anchor"
                            : mode == RetrievalMode.PROVENANCE ? "document" : "embedding"));
        }
    }

    /** Returns a query by words. */
    public static Query lexical(String text, int limit) {
        return new Query(RetrievalMode.LEXICAL, text, null, null, null, limit);
    }

    /** Returns a query by a vector. */
    public static Query similarity(float[] embedding, int limit) {
        return new Query(RetrievalMode.SIMILARITY, "", embedding, null, null, limit);
    }

    /** Returns a query by words and a vector. */
    public static Query fused(String text, float[] embedding, int limit) {
        return new Query(RetrievalMode.FUSED, text, embedding, null, null, limit);
    }

    /** Returns a query for the newest passages with one of the words, or of all if the text is empty. */
    public static Query newest(String text, int limit) {
        return new Query(RetrievalMode.TIME, text, null, null, null, limit);
    }

    /** Returns a query for what is near an anchor. */
    public static Query near(AnchorId anchor, int limit) {
        return new Query(RetrievalMode.NEIGHBOURHOOD, "", null, anchor, null, limit);
    }

    /** Returns a query for the passages of a document. */
    public static Query ofDocument(String document, int limit) {
        return new Query(RetrievalMode.PROVENANCE, "", null, null, document, limit);
    }
}
