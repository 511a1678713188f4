package dev.geotherm.api.streaming;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.GeothermException;
import java.time.Duration;

/**
 * The refusal of a fragment by a pipeline that accepts others: it would be late, or the pipeline is overloaded and its settings refuse
 * fragments then. The fragment was not accepted; it can be put again later.
 */
public final class RefusedException extends GeothermException {
    private static final long serialVersionUID = 1L;

    private final Offer reason;
    private final Duration predicted;

    /**
     * Creates a refusal.
     *
     * @param reason the answer that an offer would get
     * @param predicted the time after which the fragment would probably have been processed; 0 if nothing is known
     */
    public RefusedException(String message, Offer reason, Duration predicted) {
        super(message);
        this.reason = requireNonNull(reason, "reason");
        this.predicted = requireNonNull(predicted, "predicted");
    }

    /** Returns the answer that an offer would get. */
    public Offer reason() {
        return reason;
    }

    /** Returns the time after which the fragment would probably have been processed; 0 if nothing is known. */
    public Duration predicted() {
        return predicted;
    }
}
