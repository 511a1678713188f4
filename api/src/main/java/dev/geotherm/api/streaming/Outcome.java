package dev.geotherm.api.streaming;

/** The final result of an accepted fragment. */
public sealed interface Outcome {

    /** Returns how many batches contained the fragment; 0 if none did. */
    int attempts();

    /**
     * The fragment was processed.
     *
     * @param attempts how many batches contained it
     */
    record Processed(int attempts) implements Outcome {}

    /**
     * The fragment was processed without an effect; see {@link Batch#unchanged}.
     *
     * @param attempts how many batches contained it
     */
    record Unchanged(int attempts) implements Outcome {}

    /**
     * The fragment became a dead letter.
     *
     * @param attempts how many batches contained it
     * @param error the error of the last attempt, or the reason why there was none
     */
    record Dead(int attempts, Throwable error) implements Outcome {}

    /**
     * The deadline of the fragment passed while it waited, so no further batch contained it.
     *
     * @param attempts how many batches contained it before its deadline passed
     */
    record Expired(int attempts) implements Outcome {}

    /**
     * The fragment was dropped, because an equal one was accepted shortly before; see {@link PipelineSpec#withoutDuplicates}.
     *
     * @param first the outcome of the first fragment
     */
    record Duplicate(Outcome first) implements Outcome {
        @Override
        public int attempts() {
            return 0;
        }
    }

    /**
     * The pipeline was closed first, and the fragment is still in its journal: the next pipeline with the same journal processes it.
     *
     * @param attempts how many batches contained it in this pipeline
     */
    record HandedBack(int attempts) implements Outcome {}
}
