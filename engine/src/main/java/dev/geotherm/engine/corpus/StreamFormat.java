package dev.geotherm.engine.corpus;

/** The format of a corpus from a stream. */
public enum StreamFormat {
    /** JSON Lines: one document per line, as in a JSON Lines file. */
    JSONL,
    /** Plain text in UTF-8: a single document. */
    TEXT
}
