package dev.geotherm.testkit.diff;

/** What a differ can be told by its settings; clauses about what it cannot be told are skipped. */
public enum DifferCapability {
    /** Below a given depth, containers are replaced as a whole. */
    DEPTH_LIMIT,
    /** Paths that match patterns do not count. */
    IGNORED_PATHS,
    /** A tracked state keeps a given number of deltas. */
    HISTORY_LIMIT,
    /** A subscriber may be behind by a given number of deltas. */
    SUBSCRIBER_QUEUE,
    /** Results of context caches outlive the process, in the component's folder. */
    CACHE_ON_DISK,
    /** Elements of arrays move, or do not. */
    MOVES,
    /** Pieces of long texts are changed, or whole texts. */
    TEXT_SPLICES,
    /** Changes carry the values that go, or do not. */
    REVERSIBLE,
    /** Numbers are the same by their value, or only as they are written. */
    NUMBERS_BY_VALUE,
    /** By which member the elements of an array are told apart. */
    IDENTITY_KEYS
}
