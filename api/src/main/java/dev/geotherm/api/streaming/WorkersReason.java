package dev.geotherm.api.streaming;

/** The reason for the last change of the number of batches that a pipeline may process concurrently. */
public enum WorkersReason {
    /** The number is that of the settings or of the pipeline's specification. */
    SETTINGS,
    /** As many batches as the number itself succeeded: the number rose by one. */
    SUCCESS,
    /** A batch failed because what the processor depends on was unavailable or refused it: the number fell by 30 %. */
    UNAVAILABLE,
    /** A batch exceeded its timeout: the number fell by 30 %. */
    TIMEOUT
}
