package dev.geotherm.api.anchor;

/** The retrieval mode of a query: how passages are found and ranked. */
public enum RetrievalMode {
    /** Words, ranked by BM25. Needs a text. */
    LEXICAL,
    /** Cosine similarity of the embeddings. Needs an embedding. */
    SIMILARITY,
    /** Lexical and similarity, combined by rank: reciprocal rank fusion. Needs a text and an embedding. */
    FUSED,
    /**
     * Lexical and similarity, combined by score: the weighted sum of normalised scores, see {@link #COMPOSITE}. Needs a
     * text and an embedding.
     */
    WEIGHTED,
    /** Time, newest first: the passages that contain a word of the text, or all passages if the text is blank. */
    TIME,
    /** Cosine similarity to the mean embedding of an anchor's passages; finds these passages, too. Needs an anchor. */
    NEIGHBOURHOOD,
    /** The passages of one document, in document order. Needs a document. */
    PROVENANCE,
    /**
     * A combination of the elementary modes by their {@link Weights}: the weighted sum of scores from 0 to 1. BM25
     * scores and cosines are divided by the best one of the query; a cosine below 0 counts as 0. A passage of the
     * document scores 1. Time scores 2<sup>-age / half-life</sup>, where the newest passage of the index has age 0; it
     * only weights what other modes find. Needs the inputs of every mode that it combines.
     */
    COMPOSITE;

    /** Returns whether this mode combines others. */
    public boolean combines() {
        return this == FUSED || this == WEIGHTED || this == COMPOSITE;
    }
}
