package dev.geotherm.api;

/**
 * A component of a platform: ready for use once it is created, usable until it is closed.
 *
 * <p>Components are thread-safe unless a method says otherwise.
 */
public interface Component extends AutoCloseable {

    /**
     * Returns the metrics of this component as an immutable record. Cheap enough to be called every second.
     *
     * <p>Each metric is exact at some moment during the call, but not all metrics of a record at the same moment. A
     * closed component still returns its metrics.
     */
    Record metrics();

    /**
     * Closes this component: it refuses new work, completes or returns accepted work as its contract says, releases all
     * resources and ends its threads.
     *
     * <p>Idempotent. A closed component refuses work with {@link IllegalStateException}.
     */
    @Override
    void close();
}
