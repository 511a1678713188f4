package dev.geotherm.testkit.diff;

/**
 * An optional capability of a differ or its settings. If it is missing, the contract skips its clauses or checks the
 * behaviour without it.
 */
public enum DifferCapability {
    /** Changes are found inside objects and arrays; without this capability, one change replaces the whole state. */
    DETAILS,
    /**
     * When a thread runs out of stack inside a state or a cache, no lock stays held and no revision is lost; without this
     * capability, the clauses are skipped.
     */
    SURVIVES_STACK_OVERFLOW,
    /** Containers below a given depth are replaced as a whole. */
    DEPTH_LIMIT,
    /** Paths that match patterns are ignored. */
    IGNORED_PATHS,
    /** A tracked state keeps a given number of deltas. */
    HISTORY_LIMIT,
    /** A subscriber can lag behind by a given number of deltas. */
    SUBSCRIBER_QUEUE,
    /** Values of context caches are kept in the component's folder and outlive the process. */
    CACHE_ON_DISK,
    /** Moves of array elements can be disabled. */
    MOVES,
    /** The length from which texts are spliced can be set. */
    TEXT_SPLICES,
    /** The recording of old values can be disabled. */
    REVERSIBLE,
    /** Numbers can be compared by value. */
    NUMBERS_BY_VALUE,
    /** The members that identify array elements can be set. */
    IDENTITY_KEYS,
    /** Named states and caches can have their own settings. */
    INSTANCE_SETTINGS
}
