package dev.geotherm.api.streaming;

import java.util.concurrent.CompletionStage;

/**
 * A processor of a pipeline's fragments.
 *
 * @param <T> the content of the fragments
 */
@FunctionalInterface
public interface FragmentProcessor<T> {

    /**
     * Processes one batch. Several workers call this method concurrently if the settings ask for several.
     *
     * <p>If the method returns, every fragment that was not passed to {@link Batch#fail} or {@link Batch#deadLetter} is
     * processed. If it throws, the whole batch has failed: each half of it is processed again as a separate batch, and so on, so
     * that one bad fragment does not fail the others; these attempts do not count as retries. The same applies to a batch of
     * several fragments that exceeds the batch timeout. Processing a fragment must therefore be idempotent.
     *
     * <p>If the failure is of kind {@link FailureKind#UNAVAILABLE}, no fragment is its cause: the pipeline holds all fragments
     * until the processor succeeds again.
     *
     * <p>A batch that exceeds the batch timeout is interrupted; the processor should respect the interrupt.
     *
     * @throws Exception if the batch failed
     */
    void process(Batch<T> batch) throws Exception;

    /**
     * An asynchronous processor of a pipeline's fragments.
     *
     * @param <T> the content of the fragments
     */
    @FunctionalInterface
    interface Async<T> {
        /**
         * Starts to process one batch. The batch may be used until the stage completes, by one thread at a time.
         *
         * @return completes when the batch was processed, or exceptionally with the error of the whole batch
         * @throws Exception if the batch failed at once
         */
        CompletionStage<?> process(Batch<T> batch) throws Exception;
    }

    /**
     * Returns a processor that waits for the stages of an asynchronous one, so the number of workers bounds the batches in
     * progress. When a batch exceeds the batch timeout, the future of its stage is cancelled.
     */
    static <T> FragmentProcessor<T> async(Async<T> processor) {
        return new AsyncProcessor<>(processor);
    }
}
