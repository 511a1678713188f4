package dev.geotherm.streaming;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.PipelineState;

/** The state and the level that a pipeline shows; each change is told once. Written with the queue's lock held. */
final class PipelineStatus<T> {
    private final PipelineCounters counters;
    private final EventDispatcher<T> dispatcher;
    private volatile PipelineState state = PipelineState.STARTING;
    private volatile BackpressureLevel level = BackpressureLevel.NONE;

    PipelineStatus(PipelineCounters counters, EventDispatcher<T> dispatcher) {
        this.counters = counters;
        this.dispatcher = dispatcher;
    }

    PipelineState state() {
        return state;
    }

    BackpressureLevel level() {
        return level;
    }

    /** Takes note of how many fragments wait. */
    void fill(int queued, LanePipelinesSettings settings) {
        BackpressureLevel from = level;
        BackpressureLevel to = BackpressureLevel.of((double) queued / settings.capacity());
        if (from != to) {
            level = to;
            counters.note(to);
            dispatcher.note(listener -> listener.onLevel(from, to));
        }
    }

    void become(PipelineState to) {
        PipelineState from = state;
        if (from != to) {
            state = to;
            dispatcher.note(listener -> listener.onState(from, to));
        }
    }
}
