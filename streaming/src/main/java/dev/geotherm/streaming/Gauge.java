package dev.geotherm.streaming;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.PipelineState;

/** The state and the level that a pipeline shows; each change is told once. Written with the queue's lock held. */
final class Gauge<T> {
    private final Figures figures;
    private final Announcer<T> announcer;
    private volatile PipelineState state = PipelineState.STARTING;
    private volatile BackpressureLevel level = BackpressureLevel.NONE;

    Gauge(Figures figures, Announcer<T> announcer) {
        this.figures = figures;
        this.announcer = announcer;
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
            figures.note(to);
            announcer.note(listener -> listener.onLevel(from, to));
        }
    }

    void become(PipelineState to) {
        PipelineState from = state;
        if (from != to) {
            state = to;
            announcer.note(listener -> listener.onState(from, to));
        }
    }
}
