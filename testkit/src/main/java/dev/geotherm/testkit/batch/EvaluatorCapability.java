package dev.geotherm.testkit.batch;

/**
 * An optional capability of a batch evaluator. If it is missing, the contract checks the behaviour without it.
 */
public enum EvaluatorCapability {
    /** Several batches are evaluated concurrently, in every mode except sequential; without this capability, never. */
    SEVERAL_WORKERS
}
