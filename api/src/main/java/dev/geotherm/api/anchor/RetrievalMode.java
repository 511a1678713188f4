package dev.geotherm.api.anchor;

/** By what passages are found. */
public enum RetrievalMode {
    /** By their words: BM25. Needs a text. */
    LEXICAL,
    /** By the cosine of their vectors. Needs an embedding. */
    SIMILARITY,
    /** By both, the two rankings fused. Needs a text and an embedding. */
    FUSED,
    /** The newest first, among those that contain a word of the text, or among all if the text is blank. */
    TIME,
    /** By the cosine to the mean of the vectors of an anchor's passages, these included. Needs an anchor. */
    NEIGHBOURHOOD,
    /** Those of one document, in its order. Needs a document. */
    PROVENANCE
}
