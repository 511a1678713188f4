package dev.geotherm.testkit.batch;

/**
 * A capability that an implementation of a batch evaluator may or may not have. If it is missing, the contract checks the behaviour
 * without it.
 */
public enum EvaluatorCapability {
    /** Several batches are evaluated at once in every mode but the sequential one; without it, never. */
    SEVERAL_WORKERS
}
