package dev.geotherm.api;

/**
 * A component of a platform. It is ready for use when it is created, has metrics, and is closed once.
 *
 * <p>Components are safe for use by many threads unless a method says otherwise.
 */
public interface Component extends AutoCloseable {

    /**
     * Returns the metrics of this component as an immutable record; cheap enough for a call every second.
     *
     * <p>Each metric is exact at some time during the call; two metrics of one record may be of different times. A closed
     * component still returns its metrics.
     */
    Record metrics();

    /**
     * Closes this component: it refuses new work, finishes or returns accepted work as its contract says, releases every
     * resource and ends its threads.
     *
     * <p>Idempotent. Afterwards, work is refused with {@link IllegalStateException}.
     */
    @Override
    void close();
}
