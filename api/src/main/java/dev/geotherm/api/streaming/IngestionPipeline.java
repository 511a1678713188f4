package dev.geotherm.api.streaming;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletionStage;

/**
 * A bounded priority queue of fragments, and workers that process them in batches.
 *
 * <p>Every accepted fragment gets exactly one {@link Outcome}, despite failures, retries, timeouts and closing: it is
 * processed, becomes a dead letter with its error, expires because its deadline passes while it waits, or is handed back in the
 * pipeline's journal. A deadline is checked when the fragment is put, and before each batch that would contain it: an expired fragment
 * gets its outcome only when its turn comes. Fragments of the same priority are taken in order of
 * acceptance; with several workers, after a retry or after an outage, they may complete in another order. Higher priorities are taken
 * first, but never starve lower ones. If the specification has {@linkplain PipelineSpec#withKey keys}, fragments of a key keep the order
 * of acceptance in every case.
 *
 * <p>Thread-safe.
 *
 * @param <T> the content of the fragments
 */
public interface IngestionPipeline<T> extends AutoCloseable {

    /** Returns the name that the pipeline was opened with. */
    String name();

    /**
     * Accepts a fragment; waits while the queue is full, so backpressure reaches the producer. The queue is full while it contains
     * as many fragments or as many bytes as its settings allow.
     *
     * @throws InterruptedException if interrupted while waiting; the fragment is then not accepted
     * @throws IllegalStateException if the pipeline is draining, closed or failed, or becomes so while waiting; the
     *     fragment is then not accepted
     * @throws RefusedException if the fragment's deadline has passed or is expected to pass before it is processed, or if the level is
     *     {@link BackpressureLevel#CRITICAL} and the settings refuse fragments then; the fragment is not accepted
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
     * <p>Offers are refused from when the queue has reached its high watermark until it has fallen below its low one. Meanwhile, the
     * room is reserved for {@link #put} and for fragments of the highest priority, which are refused only when the queue is full.
     */
    Offer offer(Fragment<T> fragment);

    /**
     * Accepts a fragment as {@link #put} does, and reports its outcome.
     *
     * @return completes with the fragment's outcome, never exceptionally. Unless they name an executor, dependent stages run one
     *     after another, on a thread of the pipeline that processes no batch, or on the one that closes it. A stage that waits delays
     *     other stages and {@link #drain}, but no batch; it must not wait for another outcome
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
     * @return the number of fragments
     * @throws InterruptedException if interrupted while waiting; the remaining letters are kept
     * @throws IllegalStateException if the pipeline is draining, closed or failed, or becomes so while waiting; the remaining letters
     *     are kept
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
     * Refuses new fragments, gives the workers the close timeout to process accepted ones, leaves the rest in the journal or, without
     * one, turns it into dead letters, and ends the workers.
     *
     * <p>When it returns, every accepted fragment has its outcome. Idempotent. A processor must not call it.
     */
    @Override
    void close();
}
