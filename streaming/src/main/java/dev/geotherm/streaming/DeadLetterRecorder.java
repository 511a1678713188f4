package dev.geotherm.streaming;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.DeadLetter;
import dev.geotherm.api.streaming.DeadLetters;
import dev.geotherm.api.streaming.PipelineListener;
import dev.geotherm.api.streaming.PipelineSpec;
import dev.geotherm.api.streaming.PipelineState;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener that stores dead letters and forwards every event. It logs dead letters that no listener receives. */
final class DeadLetterRecorder<T> implements PipelineListener<T> {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterRecorder.class);

    private final String pipeline;
    private final PipelineListener<T> listener;
    private final DeadLetters<T> kept;
    private final boolean logs;

    DeadLetterRecorder(PipelineSpec<T> spec) {
        this.pipeline = spec.name();
        this.listener = spec.listener();
        this.kept = spec.deadLetters();
        this.logs = !Overrides.method(listener, "onDeadLetter", DeadLetter.class);
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
        try {
            kept.add(letter);
        } catch (RuntimeException | Error notKept) {
            LOG.error(
                    "Pipeline {} cannot keep the dead letter of fragment {}",
                    pipeline,
                    letter.fragment().id(),
                    notKept);
        }
        if (logs) {
            LOG.error(
                    "Pipeline {} could not process fragment {} in {} attempts",
                    pipeline,
                    letter.fragment().id(),
                    letter.attempts(),
                    letter.error());
        } else {
            listener.onDeadLetter(letter);
        }
    }
}
