package dev.geotherm.testkit.pool;

/** A capability that an implementation of object pools may or may not have. */
public enum PoolCapability {
    /** Objects are preallocated when a pool is opened; without it, they never are. */
    PREALLOCATES,
    /** Leaked objects are detected and their capacity is recovered; without it, no leak is ever counted. */
    FINDS_LEAKED,
    /** Released objects are reused; without it, each is deallocated on release, and none is ever idle. */
    REUSES_OBJECTS,
    /** {@link dev.geotherm.api.pool.Poolable} objects get a slot; without it, they never do. */
    ASSIGNS_SLOTS,
    /** The settings can say {@link dev.geotherm.api.pool.WhenMisused#COUNT}; without it, its clauses are skipped. */
    COUNTS_MISUSE,
    /**
     * If several threads release the same object simultaneously, one release succeeds and the others are refused;
     * without it, all may succeed, but the object still gets only one borrower.
     */
    REFUSES_RACING_RELEASES,
    /**
     * After a trim, the pool keeps no more objects than were in use then, until memory is available again; without it,
     * the clause is skipped.
     */
    HOLDS_BACK_AFTER_TRIM,
    /** The settings can say {@link PoolLimits#maxAge}; without it, no object is too old. */
    EXPIRES_OLD_OBJECTS,
    /** The component is {@link dev.geotherm.api.Reconfigurable}; without it, it is not. */
    RECONFIGURES,
    /**
     * When a thread runs out of stack inside the pool, no lock stays held, and capacity comes back with the upkeep and the
     * collector; without it, the clauses are skipped.
     */
    SURVIVES_STACK_OVERFLOW
}
