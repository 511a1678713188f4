package dev.geotherm.testkit.pool;

/** An optional capability of object pools. */
public enum PoolCapability {
    /** Objects are preallocated when a pool is opened; without this capability, never. */
    PREALLOCATES,
    /** Leaked objects are detected and their capacity is recovered; without this capability, no leak is ever counted. */
    FINDS_LEAKED,
    /** Released objects are reused; without this capability, each is deallocated on release, and none is ever idle. */
    REUSES_OBJECTS,
    /** {@link dev.geotherm.api.pool.Poolable} objects get a slot; without this capability, never. */
    ASSIGNS_SLOTS,
    /**
     * The settings support {@link dev.geotherm.api.pool.WhenMisused#COUNT}; without this capability, the clauses are
     * skipped.
     */
    COUNTS_MISUSE,
    /**
     * If several threads release the same object simultaneously, one release succeeds and the others are refused;
     * without this capability, all may succeed, but the object still gets only one borrower.
     */
    REFUSES_RACING_RELEASES,
    /**
     * After a trim, the pool keeps no more objects than were in use at that time, until memory is available again; without
     * this capability, the clause is skipped.
     */
    HOLDS_BACK_AFTER_TRIM,
    /** The settings support {@link PoolLimits#maxAge}; without this capability, no object expires. */
    EXPIRES_OLD_OBJECTS,
    /** The component is {@link dev.geotherm.api.Reconfigurable}. */
    RECONFIGURES,
    /**
     * When a thread runs out of stack inside the pool, no lock stays held, and clean-up and garbage collection recover the
     * capacity; without this capability, the clauses are skipped.
     */
    SURVIVES_STACK_OVERFLOW
}
