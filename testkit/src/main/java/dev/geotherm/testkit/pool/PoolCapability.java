package dev.geotherm.testkit.pool;

/** What an implementation of object pools may do or leave. */
public enum PoolCapability {
    /** Objects are made in advance when a pool is opened; without it, none ever is. */
    PREALLOCATES,
    /** Objects that their holders lost are found and their capacity is restored; without it, none is ever counted. */
    FINDS_LEAKED,
    /** A returned object serves again; without it, each is deallocated on its return, and none is ever idle. */
    REUSES_OBJECTS,
    /** Objects that are {@link dev.geotherm.api.pool.Poolable} are told their slot; without it, none ever is. */
    ASSIGNS_SLOTS,
    /** The settings can say {@link dev.geotherm.api.pool.WhenMisused#COUNT}; without it, its clauses are skipped. */
    COUNTS_MISUSE,
    /**
     * Of several threads that return one object at the same moment, one is accepted and the others are refused; without
     * it all may pass, and the object still goes to one holder only.
     */
    REFUSES_RACING_RELEASES,
    /**
     * After a relief no more objects are kept than were in use then, until the component recovers; without it the
     * clause is skipped.
     */
    HOLDS_BACK_AFTER_TRIM,
    /** The settings can say {@link PoolLimits#maxAge}; without it, no object is too old. */
    EXPIRES_OLD_OBJECTS
}
