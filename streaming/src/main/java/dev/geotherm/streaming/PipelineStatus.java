package dev.geotherm.streaming;

import dev.geotherm.api.metrics.MetricsBuilder;
import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.PipelineMetrics;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.api.streaming.Priority;
import org.jspecify.annotations.Nullable;

/**
 * The state and the backpressure level of a pipeline, and whether it accepts fragments; reports every change once. Written with
 * the queue's monitor held, read without it.
 */
final class PipelineStatus<T> {
    private final EventDispatcher<T> dispatcher;
    private volatile BackpressurePolicy policy;

    private final String name;
    private boolean refusing;
    private @Nullable Throwable failure;

    /** The state as far as it depends on the fill of the queue. */
    private PipelineState fill = PipelineState.RUNNING;

    private volatile PipelineState state = PipelineState.STARTING;
    private volatile BackpressureLevel level = BackpressureLevel.NONE;
    private volatile BackpressureLevel highestLevel = BackpressureLevel.NONE;

    /** The highest signal at the last change of the level, and its fraction of its limit. */
    private BackpressureLevel.Signal signal = BackpressureLevel.Signal.FILL;

    private double signalPart;

    /** Whether the age of the oldest fragment is checked periodically. */
    private boolean agesAreChecked;

    PipelineStatus(String name, EventDispatcher<T> dispatcher, BackpressureSettings settings) {
        this.name = name;
        this.dispatcher = dispatcher;
        this.policy = new BackpressurePolicy(settings);
    }

    void reconfigure(BackpressureSettings settings) {
        policy = new BackpressurePolicy(settings);
    }

    int capacity() {
        return policy.capacity();
    }

    boolean isAccepting() {
        return !refusing && failure == null;
    }

    void requireAccepting() {
        if (!isAccepting()) {
            throw new IllegalStateException(
                    "pipeline " + name + (failure == null ? " is closed" : " has failed") + " and accepts nothing",
                    failure);
        }
    }

    boolean isRefusing() {
        return refusing;
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    /** Refuses new fragments from now on. */
    void refuse() {
        if (failure == null) {
            setState(PipelineState.DRAINING);
        }
        refusing = true;
    }

    /** Fails, unless it has failed before. */
    void fail(Throwable cause) {
        failure = failure == null ? cause : failure;
        setState(PipelineState.ERROR);
    }

    boolean isFull(int queued, long queuedBytes) {
        return policy.isFull(queued, queuedBytes);
    }

    /** Answers an offer to a pipeline that accepts fragments. */
    Offer answer(int queued, long queuedBytes, Priority priority) {
        return policy.answer(fill, queued, queuedBytes, priority);
    }

    /**
     * Returns the number of fragments at which the next level, the high watermark or the capacity is reached; 0 if the next
     * fragment must be added with the monitor held, because the level or the age check can depend on it.
     */
    int nextFragments() {
        return ageLimit() > 0 && !agesAreChecked ? 0 : policy.nextFragments(fill, level);
    }

    /** Records whether the age of the oldest fragment is checked periodically. */
    void setAgesAreChecked(boolean checked) {
        agesAreChecked = checked;
    }

    /** Returns the number of bytes at which the next level, the high watermark or the capacity is reached. */
    long nextBytes() {
        return policy.nextBytes(fill, level);
    }

    /** Returns whether offers of any priority are accepted. */
    boolean acceptsOffers() {
        return fill == PipelineState.RUNNING;
    }

    /** Returns whether fragments are refused while the level is critical; can be called without the monitor. */
    boolean refusesWhenCritical() {
        return policy.refusesWhenCritical();
    }

    /** Returns whether the level follows the predicted sojourn time. */
    boolean followsSojourn() {
        return policy.followsSojourn();
    }

    /** Returns the age of the oldest fragment that counts like a full queue; 0 if it is ignored. */
    long ageLimit() {
        return policy.ageLimit();
    }

    /**
     * Updates the level, and returns the state that follows from the fill of the queue.
     *
     * @param sojourn the predicted sojourn time of a new fragment in the queue, in nanoseconds
     * @param age the age of the oldest fragment in the queue, in nanoseconds
     */
    PipelineState update(int queued, long queuedBytes, long sojourn, long age) {
        BackpressureLevel next = policy.level(level, queued, queuedBytes, sojourn, age);
        if (next != level) {
            setLevel(next);
            signalPart = 0;
            for (BackpressureLevel.Signal each : BackpressureLevel.Signal.values()) {
                double part = policy.part(each, queued, queuedBytes, sojourn, age);
                if (part > signalPart || each == BackpressureLevel.Signal.FILL) {
                    signal = each;
                    signalPart = part;
                }
            }
        }
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
        metrics.set("state", state)
                .set("level", level)
                .set("highestLevel", highestLevel)
                .set("levelSignal", signal)
                .set("levelSignalFraction", signalPart);
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
        BackpressureLevel highest = to.compareTo(highestLevel) > 0 ? to : highestLevel;
        dispatcher.add(listener -> listener.onLevel(from, to)); // or fails and adds nothing
        level = to;
        highestLevel = highest;
    }
}
