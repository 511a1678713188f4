package dev.geotherm.engine.corpus;

/** The treatment of judgements of documents that a corpus does not have. */
public enum UnknownDocuments {
    /** The corpus is refused: most often it is incomplete, or not the one that was judged. */
    REFUSE,
    /** The judgement is kept, and its document counts as never found, as in {@code trec_eval}. */
    KEEP
}
