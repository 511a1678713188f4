package dev.geotherm.api.streaming;

import java.util.List;

/**
 * Fragments that are processed together; for use by the thread that processes them, until it returns.
 *
 * @param <T> the content of the fragments
 */
public interface Batch<T> {

    /** Returns the fragments, at least one, higher priority first (a retry counts with its lowered one); immutable. */
    List<Fragment<T>> fragments();

    /**
     * Says that one fragment failed, while the others did not: it is tried again at a lower priority, and becomes a dead
     * letter when its tries are used up.
     *
     * @throws IllegalArgumentException if the fragment is not of this batch
     */
    void fail(Fragment<T> fragment, Throwable error);
}
