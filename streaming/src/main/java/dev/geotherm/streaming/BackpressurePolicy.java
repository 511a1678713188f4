package dev.geotherm.streaming;

import dev.geotherm.api.streaming.BackpressureLevel;
import dev.geotherm.api.streaming.Offer;
import dev.geotherm.api.streaming.PipelineState;
import dev.geotherm.api.streaming.Priority;
import org.jspecify.annotations.Nullable;

/**
 * The backpressure rules of a pipeline. The answer to an offer and the state depend on the fragments and bytes in the queue; the
 * level also depends on the predicted sojourn time and the age of the oldest fragment. Immutable.
 *
 * <p>State and level have hysteresis: each depends on its current value, so it does not change with every batch.
 */
final class BackpressurePolicy {
    private static final BackpressureLevel[] LEVELS = BackpressureLevel.values();

    private final int capacity;
    private final long capacityBytes;
    private final boolean refusesWhenCritical;
    private final long sojournLimit;
    private final long ageLimit;
    private final Mark lowWatermark;
    private final Mark highWatermark;

    /** The start of each level except the first. */
    private final Mark[] levels;

    /** The end of the second level: half of its start. */
    private final Mark lowEnd;

    /** A fill of the queue in absolute numbers, and the same fraction of each time limit. */
    private record Mark(int fragments, long bytes, long sojournNanos, long ageNanos) {
        boolean isReached(int queued, long queuedBytes) {
            return queued >= fragments || queuedBytes >= bytes;
        }

        boolean isReached(int queued, long queuedBytes, long sojourn, long age) {
            return isReached(queued, queuedBytes) || sojourn >= sojournNanos || age >= ageNanos;
        }
    }

    BackpressurePolicy(BackpressureSettings settings) {
        this.capacity = settings.capacity();
        long bytes = settings.capacityBytes().bytes();
        this.capacityBytes = bytes == 0 ? Long.MAX_VALUE : bytes;
        this.refusesWhenCritical = settings.whenCritical() == WhenCritical.REFUSE;
        this.sojournLimit = settings.sojournLimitNanos();
        this.ageLimit = settings.ageLimitNanos();
        this.lowWatermark = mark(settings.lowWatermark());
        this.highWatermark = mark(settings.highWatermark());
        this.levels = new Mark[] {
            mark(settings.lowLevel()),
            mark(settings.mediumLevel()),
            mark(settings.highLevel()),
            mark(settings.criticalLevel())
        };
        this.lowEnd = mark(settings.lowLevel() / 2);
    }

    /** Returns the mark of a fill: the smallest numbers of fragments, bytes and nanoseconds that reach it. */
    private Mark mark(double fill) {
        return new Mark(
                (int) part(fill, capacity), part(fill, capacityBytes), time(fill, sojournLimit), time(fill, ageLimit));
    }

    private static long part(double fill, long whole) {
        return (long) Math.ceil(fill * whole - 1e-9); // a product such as 0.07 * 100 is slightly above the exact result
    }

    private static long time(double fill, long limit) {
        return limit == 0 ? Long.MAX_VALUE : part(fill, limit);
    }

    /** Returns whether fragments are refused while the level is critical. */
    boolean refusesWhenCritical() {
        return refusesWhenCritical;
    }

    /** Returns whether the level follows the predicted sojourn time. */
    boolean followsSojourn() {
        return sojournLimit > 0;
    }

    /** Returns the age that counts like a full queue; 0 if it is ignored. */
    long ageLimit() {
        return ageLimit;
    }

    boolean isFull(int queued, long queuedBytes) {
        return queued >= capacity || queuedBytes >= capacityBytes;
    }

    /** Answers an offer to a pipeline that accepts fragments and is in the given state. */
    Offer answer(PipelineState state, int queued, long queuedBytes, Priority priority) {
        if (isFull(queued, queuedBytes)) {
            return Offer.REFUSED_FULL;
        }
        return state == PipelineState.BACKPRESSURE && priority != Priority.HIGHEST
                ? Offer.REFUSED_BACKPRESSURE
                : Offer.ACCEPTED;
    }

    /**
     * Returns the number of fragments at which the state or the level rises, or the queue is full; 0 if any fragment can raise
     * the level.
     */
    int nextFragments(PipelineState state, BackpressureLevel level) {
        Mark rise = nextLevel(level);
        if (rise != null && followsSojourn()) {
            return 0;
        }
        int next = rise == null ? capacity : Math.min(capacity, rise.fragments());
        return state == PipelineState.BACKPRESSURE ? next : Math.min(next, highWatermark.fragments());
    }

    /** Returns the number of bytes at which the state or the level rises, or the queue is full. */
    long nextBytes(PipelineState state, BackpressureLevel level) {
        Mark rise = nextLevel(level);
        long next = rise == null ? capacityBytes : Math.min(capacityBytes, rise.bytes());
        return state == PipelineState.BACKPRESSURE ? next : Math.min(next, highWatermark.bytes());
    }

    /** Returns the start of the next higher level; null for the highest. */
    private @Nullable Mark nextLevel(BackpressureLevel level) {
        for (int i = 0; i < levels.length; i++) {
            if (LEVELS[i + 1].compareTo(level) > 0) {
                return levels[i];
            }
        }
        return null;
    }

    int capacity() {
        return capacity;
    }

    /** Returns the next state of a pipeline that accepts fragments. */
    PipelineState state(PipelineState current, int queued, long queuedBytes) {
        Mark mark = current == PipelineState.BACKPRESSURE ? lowWatermark : highWatermark;
        return mark.isReached(queued, queuedBytes) ? PipelineState.BACKPRESSURE : PipelineState.RUNNING;
    }

    /**
     * Returns the next level of a pipeline.
     *
     * @param sojourn the predicted sojourn time of a new fragment in the queue, in nanoseconds
     * @param age the age of the oldest fragment in the queue, in nanoseconds
     */
    BackpressureLevel level(BackpressureLevel current, int queued, long queuedBytes, long sojourn, long age) {
        int level = levels.length;
        while (level > 0 && !mark(level, current).isReached(queued, queuedBytes, sojourn, age)) {
            level--;
        }
        return LEVELS[level];
    }

    /** Returns a signal as a fraction of its limit. */
    double part(BackpressureLevel.Signal signal, int queued, long queuedBytes, long sojourn, long age) {
        return switch (signal) {
            case FILL -> Math.max((double) queued / capacity, (double) queuedBytes / capacityBytes);
            case SOJOURN -> sojournLimit == 0 ? 0 : (double) sojourn / sojournLimit;
            case AGE -> ageLimit == 0 ? 0 : (double) age / ageLimit;
        };
    }

    /** Returns the mark at which a level applies: its start if it is above the current level, else its end. */
    private Mark mark(int level, BackpressureLevel current) {
        if (LEVELS[level].compareTo(current) > 0) {
            return levels[level - 1];
        }
        return level == 1 ? lowEnd : levels[level - 2];
    }
}
