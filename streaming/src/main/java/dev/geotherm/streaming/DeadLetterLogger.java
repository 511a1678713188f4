package dev.geotherm.streaming;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.api.streaming.PipelineState;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener that logs dead letters and passes everything else on. */
final class DeadLetterLogger<T> implements PipelineListener<T> {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterLogger.class);

    private final String pipeline;
    private final PipelineListener<T> listener;

    DeadLetterLogger(String pipeline, PipelineListener<T> listener) {
        this.pipeline = pipeline;
        this.listener = listener;
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
    public void onDeadLetter(DeadLetter<T> letter) {
        LOG.error(
                "Pipeline {} could not process fragment {} in {} tries",
                pipeline,
                letter.fragment().id(),
                letter.attempts(),
                letter.error());
    }
}
