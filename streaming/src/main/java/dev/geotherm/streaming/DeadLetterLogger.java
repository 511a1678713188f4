package dev.geotherm.streaming;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.api.streaming.PipelineState;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener that logs dead letters and passes every other event on. */
final class DeadLetterLogger<T> implements PipelineListener<T> {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterLogger.class);

    private final String pipeline;
    private final PipelineListener<T> listener;

    private DeadLetterLogger(String pipeline, PipelineListener<T> listener) {
        this.pipeline = pipeline;
        this.listener = listener;
    }

    /** Returns the listener itself if it receives dead letters, else one that logs them. */
    static <T> PipelineListener<T> unlessReceived(String pipeline, PipelineListener<T> listener) {
        return Overrides.method(listener, "onDeadLetter", DeadLetter.class)
                ? listener
                : new DeadLetterLogger<>(pipeline, listener);
    }

    @Override
    public void onLevel(BackpressureLevel from, BackpressureLevel to) {
        listener.onLevel(from, to);
    }

    @Override
    public void onState(PipelineState from, PipelineState to) {
        listener.onState(from, to);
    }

    @Override
    public void onBatch(int size, int failed, Duration took) {
        listener.onBatch(size, failed, took);
    }

    @Override
    public void onUnavailable(Throwable error, Duration retryIn) {
        listener.onUnavailable(error, retryIn);
    }

    @Override
    public void onDeadLetter(DeadLetter<T> letter) {
        LOG.error(
                "Pipeline {} could not process fragment {} in {} attempts",
                pipeline,
                letter.fragment().id(),
                letter.attempts(),
                letter.error());
    }
}
