package dev.geotherm.streaming;

/** The policy for fragments that are put while the backpressure level is critical. */
public enum WhenCritical {
    /** Accept until the queue is full; then the producer waits, or the fragment waits on disk if the pipeline spills. */
    WAIT,
    /** Refuse fragments, put or offered; those of the highest priority only if the queue is full. */
    REFUSE
}
