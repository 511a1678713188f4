package dev.geotherm.api.batch;

import dev.geotherm.api.GeothermException;
import org.jspecify.annotations.Nullable;

/** Thrown when a job cannot be started or resumed. The message names the file, the problem and what to do. */
public final class EvaluationException extends GeothermException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with a message. */
    public EvaluationException(String message) {
        super(message);
    }

    /** Creates an exception with a message and its cause. */
    public EvaluationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
