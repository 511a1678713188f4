package dev.geotherm.streaming;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.api.streaming.Priority;

/**
 * The backpressure rules of a pipeline: the answer to an offer, the state and the level that follow from the number of
 * fragments in the queue. Immutable.
 */
final class BackpressurePolicy {
    private final int capacity;
    private final int highWatermark;
    private final int low;
    private final int medium;
    private final int high;
    private final int critical;

    BackpressurePolicy(BackpressureSettings settings) {
        this.capacity = settings.capacity();
        this.highWatermark = fragments(settings.highWatermark());
        this.low = fragments(settings.lowLevel());
        this.medium = fragments(settings.mediumLevel());
        this.high = fragments(settings.highLevel());
        this.critical = fragments(settings.criticalLevel());
    }

    /** Returns the smallest number of fragments that is at least the given fill. */
    private int fragments(double fill) {
        // A product such as 0.07 * 100 is slightly above the exact result.
        return (int) Math.ceil(fill * capacity - 1e-9);
    }

    boolean isFull(int queued) {
        return queued >= capacity;
    }

    /** Answers an offer to a pipeline that accepts fragments. */
    Offer answer(int queued, Priority priority) {
        if (isFull(queued)) {
            return Offer.REFUSED_FULL;
        }
        return queued >= highWatermark && priority != Priority.HIGHEST ? Offer.REFUSED_BACKPRESSURE : Offer.ACCEPTED;
    }

    /** Returns the state of a pipeline that accepts fragments. */
    PipelineState state(int queued) {
        return queued >= highWatermark ? PipelineState.BACKPRESSURE : PipelineState.RUNNING;
    }

    BackpressureLevel level(int queued) {
        if (queued >= critical) {
            return BackpressureLevel.CRITICAL;
        } else if (queued >= high) {
            return BackpressureLevel.HIGH;
        } else if (queued >= medium) {
            return BackpressureLevel.MEDIUM;
        }
        return queued >= low ? BackpressureLevel.LOW : BackpressureLevel.NONE;
    }
}
