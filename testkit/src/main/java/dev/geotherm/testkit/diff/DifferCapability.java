package dev.geotherm.testkit.diff;

/** What a differ can be told by its settings; clauses about what it cannot be told are skipped. */
public enum DifferCapability {
    /** Below a given depth, containers are replaced as a whole. */
    DEPTH_LIMIT,
    /** Paths that match patterns do not count. */
    IGNORED_PATHS,
    /** A tracked state keeps a given number of deltas. */
    HISTORY_LIMIT
}
