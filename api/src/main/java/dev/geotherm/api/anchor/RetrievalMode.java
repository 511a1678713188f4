package dev.geotherm.api.anchor;

/** The retrieval mode of a query: how passages are found and ranked. */
public enum RetrievalMode {
    /** Words, ranked by BM25. Needs a text. */
    LEXICAL,
    /** Cosine similarity of the embeddings. Needs an embedding. */
    SIMILARITY,
    /** Both of these, the two rankings fused. Needs a text and an embedding. */
    FUSED,
    /** Time, newest first, of the passages that contain a word of the text, or of all passages if the text is blank. */
    TIME,
    /** Cosine similarity to the mean embedding of an anchor's passages; finds these passages, too. Needs an anchor. */
    NEIGHBOURHOOD,
    /** The passages of one document, in document order. Needs a document. */
    PROVENANCE
}
