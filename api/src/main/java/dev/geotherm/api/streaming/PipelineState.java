package dev.geotherm.api.streaming;

/** The state of a pipeline. */
public enum PipelineState {
    /** Its workers are being started. */
    STARTING,
    /** It accepts and processes fragments. */
    RUNNING,
    /**
     * It accepts and processes fragments; its queue has reached the high watermark, and has not fallen below the low one since.
     */
    BACKPRESSURE,
    /**
     * It accepts fragments and holds them, because what its processor depends on is unavailable. It retries with increasing
     * delays. See {@link FailureKind#UNAVAILABLE}.
     */
    UNAVAILABLE,
    /** It accepts fragments and starts no batch, because it was paused. */
    PAUSED,
    /**
     * It accepts fragments and processes none, because each of its workers is in a batch that has exceeded its timeout and whose
     * processor does not return.
     */
    STALLED,
    /** It accepts nothing and processes the fragments that it has. */
    DRAINING,
    /** It is closed, and every accepted fragment has its outcome. */
    STOPPED,
    /** It failed with an error that no processor threw; it accepts nothing and can only be closed. */
    ERROR
}
