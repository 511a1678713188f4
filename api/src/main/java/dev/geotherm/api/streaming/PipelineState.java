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
     * It accepts fragments and holds them, because what its processor depends on is unavailable. It tries again with increasing
     * delays. See {@link FailureKind#UNAVAILABLE}.
     */
    UNAVAILABLE,
    /** It accepts nothing and processes the fragments that it has. */
    DRAINING,
    /** It is closed, and every accepted fragment has its outcome. */
    STOPPED,
    /** It failed with an error that no processor threw; it accepts nothing and can only be closed. */
    ERROR
}
