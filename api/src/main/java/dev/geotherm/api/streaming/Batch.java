package dev.geotherm.api.streaming;

import java.util.List;

/**
 * A group of fragments that are processed together. Only the thread that processes it may use it, and only until
 * {@link FragmentProcessor#process} returns.
 *
 * @param <T> the content of the fragments
 */
public interface Batch<T> {

    /**
     * Returns the fragments: an immutable list of at least one, higher priorities first. A retried fragment counts with
     * its lowered priority.
     */
    List<Fragment<T>> fragments();

    /**
     * Marks one fragment as failed, while the others succeed: it is retried at a lower priority, and becomes a dead letter
     * once its retries are used up. If all fragments of a batch fail as {@link FailureKind#UNAVAILABLE}, the effect is as if the
     * processor had thrown the error.
     *
     * @throws IllegalArgumentException if the fragment does not belong to this batch
     */
    void fail(Fragment<T> fragment, Throwable error);

    /**
     * Makes one fragment a dead letter without a retry, while the others succeed. Use it if no further attempt would help.
     *
     * @throws IllegalArgumentException if the fragment does not belong to this batch
     */
    void deadLetter(Fragment<T> fragment, Throwable error);

    /**
     * Marks one fragment as processed without an effect, for example because the target already has this content: its outcome is
     * {@link Outcome.Unchanged}. If the fragment or its batch also fails, the failure counts instead.
     *
     * @throws IllegalArgumentException if the fragment does not belong to this batch
     */
    void unchanged(Fragment<T> fragment);
}
