package dev.geotherm.engine.corpus;

/** The format of a corpus that is read from a stream. */
public enum StreamFormat {
    /** JSON Lines: a document in each line, as in a JSON Lines file. */
    JSONL,
    /** Plain text in UTF-8: one document. */
    TEXT
}
