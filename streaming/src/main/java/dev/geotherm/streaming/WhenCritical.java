package dev.geotherm.streaming;

/** What happens to a fragment that is put while the backpressure level is critical. */
public enum WhenCritical {
    /** It is accepted as long as the queue is not full; then its producer waits, or it waits on disk if the pipeline spills. */
    WAIT,
    /** It is refused, and so is an offer; a fragment of the highest priority only if the queue is full. */
    REFUSE
}
