package dev.geotherm.api.streaming;

/** What a pipeline is doing. */
public enum PipelineState {
    /** Its workers are being started. */
    STARTING,
    /** It accepts and processes. */
    RUNNING,
    /** It accepts and processes, and its queue is filled beyond the backpressure threshold. */
    BACKPRESSURE,
    /** It accepts no more and finishes what it has. */
    DRAINING,
    /** It is closed, and every accepted fragment has its outcome. */
    STOPPED,
    /** Its workers died of an error that no processor threw; it accepts no more and can only be closed. */
    ERROR
}
