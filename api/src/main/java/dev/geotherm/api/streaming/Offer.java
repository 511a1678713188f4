package dev.geotherm.api.streaming;

/** The answer to an offer. */
public enum Offer {
    /** The fragment was accepted and will get an outcome. */
    ACCEPTED,
    /** Dropped, because an equal fragment was accepted shortly before: it need not be offered again. */
    DUPLICATE,
    /**
     * Refused: the queue has reached its high watermark, and has not fallen below its low one since; or the level is critical,
     * and the settings refuse fragments in that case.
     */
    REFUSED_BACKPRESSURE,
    /** Refused: the queue contains as many fragments or as many bytes as it may. */
    REFUSED_FULL,
    /** Refused: the deadline of the fragment has passed, or is expected to pass before it is processed. */
    REFUSED_DEADLINE,
    /** Refused: the pipeline is draining, stopped or failed. */
    REFUSED_CLOSED;

    /** Returns whether the fragment, or an equal one, was accepted. */
    public boolean accepted() {
        return this == ACCEPTED || this == DUPLICATE;
    }
}
