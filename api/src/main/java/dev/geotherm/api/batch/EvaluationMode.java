package dev.geotherm.api.batch;

/** The scheduling mode of a job's batches. The output is the same in every mode. */
public enum EvaluationMode {
    /** One thread, in corpus order. */
    SEQUENTIAL,
    /** As many threads as configured. */
    PARALLEL,
    /** The number of threads is tuned to the measured throughput, up to the configured maximum. */
    ADAPTIVE,
    /** Like {@link #PARALLEL}, but items of higher priority first; among equal priorities, the shortest first. */
    PRIORITY
}
