package dev.geotherm.api.batch;

/** How the batches of a job are scheduled. The output is the same whatever the mode. */
public enum EvaluationMode {
    /** One thread, in the corpus' order. */
    SEQUENTIAL,
    /** As many threads as the settings say. */
    PARALLEL,
    /** The number of threads follows the throughput that it yields, within the settings' bounds. */
    ADAPTIVE,
    /** As {@link #PARALLEL}, items of higher priority first, and of these the shorter first. */
    PRIORITY
}
