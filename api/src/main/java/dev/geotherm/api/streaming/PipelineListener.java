package dev.geotherm.api.streaming;

import java.time.Duration;

/**
 * A listener for the events of a pipeline.
 *
 * <p>It is called once for each event, in the order of the events, by one thread at a time, without any lock held. Its
 * exceptions are logged and otherwise ignored. A slow listener slows the pipeline down.
 *
 * @param <T> the content of the fragments
 */
public interface PipelineListener<T> {

    /** Called when the backpressure level has changed. */
    default void onLevel(BackpressureLevel from, BackpressureLevel to) {}

    /** Called when the state has changed. */
    default void onState(PipelineState from, PipelineState to) {}

    /** Called when a batch has ended: with its number of fragments, how many of them failed, and how long it took. */
    default void onBatch(int size, int failed, Duration took) {}

    /**
     * Called when a batch has failed because what the processor depends on is unavailable: with the error, and the time until the
     * next attempt. When the outage ends, {@link #onState} is called.
     */
    default void onUnavailable(Throwable error, Duration retryIn) {}

    /** Called with a fragment that could not be processed, after its last attempt. */
    default void onDeadLetter(DeadLetter<T> letter) {}
}
