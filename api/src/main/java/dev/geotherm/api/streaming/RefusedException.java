package dev.geotherm.api.streaming;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.GeothermException;
import java.time.Duration;

/**
 * The refusal of a fragment by an open pipeline: the fragment would miss its deadline, or the pipeline is overloaded and its settings
 * refuse fragments in that case. The fragment was not accepted; it can be put again later.
 */
public final class RefusedException extends GeothermException {
    private static final long serialVersionUID = 1L;

    private final Offer reason;
    private final Duration predicted;

    /**
     * Creates a refusal.
     *
     * @param reason the answer that {@code offer} would have given
     * @param predicted the predicted time until the fragment would have been processed; 0 if there is no prediction
     */
    public RefusedException(String message, Offer reason, Duration predicted) {
        super(message);
        this.reason = requireNonNull(reason, "reason");
        this.predicted = requireNonNull(predicted, "predicted");
    }

    /** Returns the answer that {@code offer} would have given. */
    public Offer reason() {
        return reason;
    }

    /** Returns the predicted time until the fragment would have been processed; 0 if there is no prediction. */
    public Duration predicted() {
        return predicted;
    }
}
