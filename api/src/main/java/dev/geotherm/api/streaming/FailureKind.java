package dev.geotherm.api.streaming;

/** The kind of a failure: whether the fragments of the batch are its cause. It determines what the pipeline does next. */
public enum FailureKind {
    /** The fragment may be the cause: it is isolated and retried, and becomes a dead letter once its retries are used up. */
    FRAGMENT,
    /** The fragment is the cause, and no retry would help: once isolated, it becomes a dead letter. */
    FINAL,
    /**
     * The fragments are not the cause: what the processor depends on is unavailable. The pipeline holds all fragments and tries
     * again with increasing delays. No retry is counted, and no fragment becomes a dead letter.
     */
    UNAVAILABLE
}
