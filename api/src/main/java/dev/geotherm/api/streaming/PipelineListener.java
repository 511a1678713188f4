package dev.geotherm.api.streaming;

import java.time.Duration;

/**
 * Somebody who is told what happens in a pipeline.
 *
 * <p>Called outside of every lock, once for each event, in the order of events, by one thread at a time. What a listener
 * throws is logged and changes nothing. A slow listener slows the pipeline.
 *
 * @param <T> the content of the fragments
 */
public interface PipelineListener<T> {

    /** Tells that the backpressure level changed. */
    default void onLevel(BackpressureLevel from, BackpressureLevel to) {}

    /** Tells that the state changed. */
    default void onState(PipelineState from, PipelineState to) {}

    /** Tells that a batch ended: its size, how many of its fragments failed, and how long it took. */
    default void onBatch(int size, int failed, Duration took) {}

    /** Hands over a fragment that could not be processed, after its last try. */
    default void onDeadLetter(DeadLetter<T> letter) {}
}
