package dev.geotherm.testkit.streaming;

/**
 * An optional capability of an implementation. If it is missing, the contract checks the behaviour without it.
 */
public enum PipelinesCapability {
    /** The batch size follows the target time; without it, the size stays the initial one. */
    ADAPTIVE_BATCHES,
    /**
     * Accepted fragments are in the journal of their specification if the settings ask for it, and those without an outcome are
     * processed by the next pipeline with that journal; without it, closing makes dead letters of them.
     */
    JOURNAL,
    /** Batches are bounded by the cost of their fragments if the settings ask for it; without it, never. */
    COSTS,
    /** The queue is bounded by the bytes of its fragments if the settings ask for it; without it, never. */
    BYTES,
    /** Fragments wait for a batch to fill if the settings ask for it; without it, never. */
    LINGER,
    /**
     * Fragments are held while what the processor depends on is unavailable; without it, a failure of that kind is like any other.
     */
    OUTAGES,
    /** Several batches are processed concurrently if the settings ask for it; without it, never. */
    SEVERAL_WORKERS,
    /** Every backpressure level occurs while the queue fills; without it, some are omitted. */
    EVERY_LEVEL,
    /**
     * The backpressure level also follows the predicted sojourn time and the age of the oldest fragment if the settings ask for it;
     * without it, never.
     */
    LEVELS_BY_TIME,
    /** Fragments that would be late are refused, and those that are late are not processed; without it, deadlines are ignored. */
    DEADLINES,
    /** Fragments that equal one accepted shortly before are dropped if the specification asks for it; without it, never. */
    DROPS_DUPLICATES,
    /** Fragments with the same key are processed in order of acceptance if the specification has keys; without it, keys are ignored. */
    ORDERS_KEYS,
    /** Fragments are refused while the level is critical if the settings ask for it; without it, never. */
    REFUSES_WHEN_CRITICAL,
    /** The component is {@link dev.geotherm.api.Reconfigurable}; without it, it is not. */
    RECONFIGURES,
    /** A worker whose processor does not return after its interrupt is replaced; without it, its fragments wait. */
    REPLACES_WORKERS,
    /**
     * When a producer runs out of stack inside the pipeline, no lock stays held and no fragment is accepted in part; without it,
     * the clauses are skipped.
     */
    SURVIVES_STACK_OVERFLOW
}
