package dev.geotherm.api.streaming;

/** What came of an offer. */
public enum Offer {
    /** The fragment was accepted and will have its outcome. */
    ACCEPTED,
    /** Refused: the queue is filled beyond the backpressure threshold. */
    REFUSED_BACKPRESSURE,
    /** Refused: the queue is full. */
    REFUSED_FULL,
    /** Refused: the pipeline is draining, stopped or in error. */
    REFUSED_CLOSED;

    /** Returns whether the fragment was accepted. */
    public boolean accepted() {
        return this == ACCEPTED;
    }
}
