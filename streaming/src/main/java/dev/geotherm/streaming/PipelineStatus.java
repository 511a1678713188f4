package dev.geotherm.streaming;

import dev.geotherm.api.metrics.MetricsBuilder;
import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineState;

/**
 * The state and the backpressure level of a pipeline; reports every change once. Written with the queue's monitor held,
 * read without it.
 */
final class PipelineStatus<T> {
    private final EventDispatcher<T> dispatcher;
    private volatile PipelineState state = PipelineState.STARTING;
    private volatile BackpressureLevel level = BackpressureLevel.NONE;
    private volatile BackpressureLevel highestLevel = BackpressureLevel.NONE;

    PipelineStatus(EventDispatcher<T> dispatcher) {
        this.dispatcher = dispatcher;
    }

    PipelineState state() {
        return state;
    }

    BackpressureLevel level() {
        return level;
    }

    void addTo(MetricsBuilder<PipelineMetrics> metrics) {
        metrics.set("state", state).set("level", level).set("highestLevel", highestLevel);
    }

    void setState(PipelineState to) {
        PipelineState from = state;
        if (from != to) {
            dispatcher.add(listener -> listener.onState(from, to)); // or fails and adds nothing
            state = to;
        }
    }

    void setLevel(BackpressureLevel to) {
        BackpressureLevel from = level;
        if (from != to) {
            BackpressureLevel highest = to.compareTo(highestLevel) > 0 ? to : highestLevel;
            dispatcher.add(listener -> listener.onLevel(from, to)); // or fails and adds nothing
            level = to;
            highestLevel = highest;
        }
    }
}
