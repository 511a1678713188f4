package dev.geotherm.api.streaming;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/**
 * A bounded priority queue of fragments, and workers that process them in batches.
 *
 * <p>Every accepted fragment gets exactly one {@link Outcome}, despite failures, retries, timeouts and closing: it is processed,
 * becomes a dead letter with its error, expires because its deadline passes while it waits, or stays in the pipeline's journal. A
 * deadline is checked when the fragment is put, and before each batch that would contain it: an expired fragment gets its outcome
 * when its turn comes.
 *
 * <p>Higher priorities are processed first, but never starve lower ones. Fragments of the same priority enter batches in order of
 * acceptance; with several workers, after a retry or after an outage, they may complete in a different order. If the
 * specification has {@linkplain PipelineSpec#withKey keys}, fragments with the same key always keep the order of acceptance.
 *
 * <p>Thread-safe.
 *
 * @param <T> the content of the fragments
 */
public interface IngestionPipeline<T> extends AutoCloseable {

    /** Returns the name that the pipeline was opened with. */
    String name();

    /**
     * Accepts a fragment; waits while the queue is full, so backpressure reaches the producer. The queue is full if it contains
     * as many fragments or as many bytes as its settings allow.
     *
     * @throws InterruptedException if interrupted while waiting; the fragment is then not accepted
     * @throws IllegalStateException if the pipeline is draining, closed or failed, or becomes so while waiting; the fragment is
     *     then not accepted
     * @throws RefusedException if the fragment's deadline has passed or is expected to pass before it is processed, or if the
     *     level is {@link BackpressureLevel#CRITICAL} and the settings refuse fragments in that case; the fragment is not
     *     accepted
     */
    void put(Fragment<T> fragment) throws InterruptedException;

    /**
     * Accepts fragments in order, each as {@link #put} does. If it throws, the fragments before the failed one have
     * been accepted.
     */
    default void putAll(Collection<Fragment<T>> fragments) throws InterruptedException {
        for (Fragment<T> fragment : fragments) {
            put(fragment);
        }
    }

    /**
     * Accepts or refuses a fragment without waiting.
     *
     * <p>Offers are refused from the time the queue reaches its high watermark until it falls below its low one. Meanwhile, the
     * room is reserved for {@link #put} and for fragments of the highest priority, which are refused only when the queue is full.
     */
    Offer offer(Fragment<T> fragment);

    /**
     * Accepts a fragment as {@link #put} does, and reports its outcome.
     *
     * @return completes with the fragment's outcome, never exceptionally. Dependent stages without an executor run one after
     *     another, on a thread of the pipeline that processes no batches, or on the thread that closes it. A stage that waits
     *     delays other stages and {@link #drain}, but no batch; it must not wait for another outcome
     */
    CompletionStage<Outcome> submit(Fragment<T> fragment) throws InterruptedException;

    /** Returns the current backpressure level. */
    BackpressureLevel level();

    /** Returns the current state. */
    PipelineState state();

    /** Returns the metrics of this pipeline since it was opened, even after it is closed. */
    PipelineMetrics metrics();

    /** Returns the store of this pipeline's dead letters; see {@link PipelineSpec#withDeadLetters}. */
    DeadLetters<T> deadLetters();

    /**
     * Puts the fragments of the current dead letters into this pipeline again, as {@link #put} does, and removes the letters of
     * accepted fragments. A fragment that fails again becomes a new dead letter. Deadlines do not apply to replayed fragments.
     *
     * @return the number of replayed fragments
     * @throws InterruptedException if interrupted while waiting; the remaining letters are kept
     * @throws IllegalStateException if the pipeline is draining, closed or failed, or becomes so while waiting; the remaining
     *     letters are kept
     * @throws RefusedException if a fragment is refused as by {@link #put}; its letter and the remaining ones are kept
     */
    default int replayDeadLetters() throws InterruptedException {
        int replayed = deadLetters().removeIf(letter -> {
            try {
                if (!Thread.currentThread().isInterrupted()) {
                    put(letter.fragment().withDeadline(null));
                    return true;
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt(); // keeps the remaining letters
            }
            return false;
        });
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return replayed;
    }

    /**
     * Pauses processing: no further batch starts until {@link #resume}. Batches in progress end as usual, and fragments are accepted
     * until the queue is full. Closing still processes waiting fragments. Does nothing if the pipeline is paused, closed or failed.
     */
    void pause();

    /** Ends a pause; does nothing if the pipeline is not paused. */
    void resume();

    /**
     * Waits until every fragment accepted before the call has its outcome. More fragments may be accepted meanwhile.
     *
     * @return false if the time limit was reached first
     * @throws InterruptedException if interrupted while waiting
     */
    boolean drain(Duration limit) throws InterruptedException;

    /**
     * Closes the pipeline: refuses new fragments, processes accepted ones within the close timeout, and ends the workers. The
     * remaining fragments stay in the journal, or become dead letters if there is none.
     *
     * <p>When this returns, every accepted fragment has its outcome. Idempotent. A processor must not call it.
     */
    @Override
    void close();
}
