package dev.geotherm.api.batch;

/** The way in which the batches of a job are scheduled. The output is the same in every mode. */
public enum EvaluationMode {
    /** One thread, in corpus order. */
    SEQUENTIAL,
    /** As many threads as configured. */
    PARALLEL,
    /** The number of threads is tuned to the measured throughput, up to the configured maximum. */
    ADAPTIVE,
    /** Like {@link #PARALLEL}, but items of higher priority first, and the shortest first among those. */
    PRIORITY
}
