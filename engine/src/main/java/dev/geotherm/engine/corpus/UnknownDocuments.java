package dev.geotherm.engine.corpus;

/** What happens when a corpus comes with a judgement of a document that it does not have. */
public enum UnknownDocuments {
    /** The corpus is refused: most often it is not the one that was judged, or not all of it. */
    REFUSE,
    /** The judgement is kept, and its document counts as one that is never found, as {@code trec_eval} counts it. */
    KEEP
}
