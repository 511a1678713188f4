package dev.geotherm.api.streaming;

/** How a fragment ended. */
public sealed interface Outcome {

    /** Returns how often the fragment was in a batch; 0 if it never was. */
    int attempts();

    /**
     * The fragment was processed.
     *
     * @param attempts how often it was in a batch
     */
    record Processed(int attempts) implements Outcome {}

    /**
     * The fragment became a dead letter.
     *
     * @param attempts how often it was in a batch
     * @param error why
     */
    record Dead(int attempts, Throwable error) implements Outcome {}
}
