package dev.geotherm.api.streaming;

/** The reason for the size that the next batch of a pipeline may have. */
public enum BatchSizeReason {
    /** No batch has ended yet: the size is the initial one. */
    INITIAL,
    /** A batch of this size is expected to take the target time. */
    TARGET_TIME,
    /** Larger batches are expected to take the target time; the size grows towards them in steps. */
    GROWTH,
    /** Recent batches took longer than expected; the size falls in steps. */
    SHRINKING,
    /** A call takes about the target time or longer even without fragments: a batch may take twice that time. */
    FIXED_TIME,
    /** The size is the largest that the settings allow. */
    MAXIMUM,
    /** A single fragment is expected to take the target time or longer. */
    MINIMUM
}
