package dev.geotherm.testkit.streaming;

/** An optional ability of an implementation. Where it is missing, the contract checks the behaviour without it. */
public enum PipelinesCapability {
    /** The batch size follows the target time; without it, the size stays the initial one. */
    ADAPTIVE_BATCHES,
    /** Several batches are processed at once if the settings ask for it; without it, never. */
    SEVERAL_WORKERS
}
