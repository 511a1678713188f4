package dev.geotherm.streaming;

import dev.geotherm.api.metrics.MetricsBuilder;
import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.api.streaming.Priority;

/**
 * The state and the backpressure level of a pipeline; reports every change once. Written with the queue's monitor held,
 * read without it.
 */
final class PipelineStatus<T> {
    private final EventDispatcher<T> dispatcher;
    private BackpressurePolicy policy;

    /** The state as far as it depends on the fill of the queue. */
    private PipelineState fill = PipelineState.RUNNING;

    private volatile PipelineState state = PipelineState.STARTING;
    private volatile BackpressureLevel level = BackpressureLevel.NONE;
    private volatile BackpressureLevel highestLevel = BackpressureLevel.NONE;

    PipelineStatus(EventDispatcher<T> dispatcher, BackpressureSettings settings) {
        this.dispatcher = dispatcher;
        this.policy = new BackpressurePolicy(settings);
    }

    void reconfigure(BackpressureSettings settings) {
        policy = new BackpressurePolicy(settings);
    }

    boolean isFull(Lanes<T> lanes) {
        return policy.isFull(lanes.size(), lanes.bytes());
    }

    /** Answers an offer to a pipeline that accepts fragments. */
    Offer answer(Lanes<T> lanes, Priority priority) {
        return policy.answer(fill, lanes.size(), lanes.bytes(), priority);
    }

    /** Updates the level, and returns the state that follows from the fill of the queue. */
    PipelineState update(int queued, long queuedBytes) {
        setLevel(policy.level(level, queued, queuedBytes));
        fill = policy.state(fill, queued, queuedBytes);
        return fill;
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

    private void setLevel(BackpressureLevel to) {
        BackpressureLevel from = level;
        if (from != to) {
            BackpressureLevel highest = to.compareTo(highestLevel) > 0 ? to : highestLevel;
            dispatcher.add(listener -> listener.onLevel(from, to)); // or fails and adds nothing
            level = to;
            highestLevel = highest;
        }
    }
}
