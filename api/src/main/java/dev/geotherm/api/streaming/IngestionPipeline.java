package dev.geotherm.api.streaming;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/**
 * A bounded queue of fragments with workers behind it, which process them in batches, higher priority first.
 *
 * <p>Every fragment that was accepted has exactly one {@link Outcome}: it is processed, or it becomes a dead letter with
 * its error. That holds across failures, retries, timeouts and close. Fragments of one priority are taken in the order of
 * acceptance; with several workers, or after a retry, they may end in another. A lower priority is not starved for ever by
 * higher ones.
 *
 * <p>Any number of threads may feed a pipeline.
 *
 * @param <T> the content of the fragments
 */
public interface IngestionPipeline<T> extends AutoCloseable {

    /** Returns the name under which the pipeline was opened. */
    String name();

    /**
     * Accepts a fragment, waiting while the queue is full: this is how backpressure reaches a producer.
     *
     * @throws InterruptedException if interrupted while waiting; the fragment then was not accepted
     * @throws IllegalStateException if the pipeline is closed or draining, also while waiting; not accepted
     */
    void put(Fragment<T> fragment) throws InterruptedException;

    /** Accepts fragments as {@link #put} does, in their order; on an exception those before it are accepted. */
    default void putAll(Collection<Fragment<T>> fragments) throws InterruptedException {
        for (Fragment<T> fragment : fragments) {
            put(fragment);
        }
    }

    /**
     * Accepts a fragment or says why not, without waiting.
     *
     * <p>Offers are refused from the backpressure threshold on, so that what waits in {@link #put} and fragments of the
     * highest priority find room; the latter are refused only when the queue is full.
     */
    Offer offer(Fragment<T> fragment);

    /**
     * Accepts a fragment as {@link #put} does, and tells how it ended.
     *
     * @return completes with the fragment's outcome, never exceptionally; dependent stages run on the pipeline's threads,
     *     or on the one that closes it, unless they are given an executor
     */
    CompletionStage<Outcome> submit(Fragment<T> fragment) throws InterruptedException;

    /** Returns how full the queue is. */
    BackpressureLevel level();

    /** Returns what the pipeline is doing. */
    PipelineState state();

    /** Returns what this pipeline has done so far. */
    PipelineMetrics metrics();

    /**
     * Waits until every fragment accepted before the call has its outcome. More may be accepted meanwhile.
     *
     * @return false if the time ran out first
     * @throws InterruptedException if interrupted while waiting
     */
    boolean drain(Duration limit) throws InterruptedException;

    /**
     * Refuses further fragments, lets the workers finish what was accepted within the time that the settings allow for
     * it, makes dead letters of what is left then, and ends the workers.
     *
     * <p>When it returns, every accepted fragment has its outcome. Idempotent; not to be called by a processor.
     */
    @Override
    void close();
}
