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
    CACHE_ON_DISK
}
