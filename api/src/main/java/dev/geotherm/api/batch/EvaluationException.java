package dev.geotherm.api.batch;

import dev.geotherm.api.GeothermException;
import org.jspecify.annotations.Nullable;

/** A job cannot be started or resumed; the message names the file and what is wrong with it. */
public final class EvaluationException extends GeothermException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message for people. */
    public EvaluationException(String message) {
        super(message);
    }

    /** Creates an exception with a message for people and the failure behind it. */
    public EvaluationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
