package dev.geotherm.api.batch;

import static java.util.Objects.requireNonNull;

/**
 * The result of one item of a batch: a value or a failure.
 *
 * @param <O> the type of the value
 */
public sealed interface ItemResult<O> {

    /** Returns the result of an item that succeeded. */
    static <O> ItemResult<O> of(O value) {
        return new Success<>(value);
    }

    /** Returns the result of an item that failed; the other items of its batch are not affected. */
    static <O> ItemResult<O> failed(Throwable error) {
        return new Failure<>(error);
    }

    /**
     * Returns the value.
     *
     * @throws EvaluationException if the item failed
     */
    O orElseThrow();

    /**
     * An item that succeeded.
     *
     * @param value the value
     * @param <O> its type
     */
    record Success<O>(O value) implements ItemResult<O> {
        /** Rejects null. */
        public Success {
            requireNonNull(value, "value");
        }

        @Override
        public O orElseThrow() {
            return value;
        }
    }

    /**
     * An item that failed.
     *
     * @param error the cause
     * @param <O> the type that the value would have
     */
    record Failure<O>(Throwable error) implements ItemResult<O> {
        /** Rejects null. */
        public Failure {
            requireNonNull(error, "error");
        }

        @Override
        public O orElseThrow() {
            throw new EvaluationException("the item failed: " + error, error);
        }
    }
}
