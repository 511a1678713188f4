package dev.geotherm.testkit.streaming;

/** What an implementation of pipelines may or may not do; without it, the contract checks the simple behaviour. */
public enum PipelinesCapability {
    /** The batch size follows the target time; without it, it stays what it was. */
    ADAPTIVE_BATCHES,
    /** Several batches are processed at once where the settings say so; without it, never. */
    SEVERAL_WORKERS
}
