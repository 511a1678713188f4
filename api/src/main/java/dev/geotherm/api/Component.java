package dev.geotherm.api;

/**
 * A running part of a platform: something that has metrics and can be closed.
 *
 * <p>Every component is safe for use by many threads at once unless a method says otherwise. A component is created
 * ready for use; there is no separate start.
 */
public interface Component extends AutoCloseable {

    /**
     * Returns what this component has done so far, as an immutable record; cheap enough to be called every second.
     *
     * <p>Each figure is exact at some moment during the call; two figures of one record need not be of the same moment.
     */
    Record metrics();

    /**
     * Stops accepting work, finishes or hands back what was accepted as the component's contract says, releases every
     * resource and ends every thread that this component started.
     *
     * <p>Idempotent: a second call returns without doing anything. Work asked for after it is refused with
     * {@link IllegalStateException}.
     */
    @Override
    void close();
}
