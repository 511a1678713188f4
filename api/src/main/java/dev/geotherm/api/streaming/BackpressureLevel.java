package dev.geotherm.api.streaming;

/**
 * The load of a pipeline's queue, in five levels. It follows up to three {@linkplain Signal signals}, each as a part of its limit; the
 * highest one counts. The settings of an implementation determine the limits and the part at which each level begins. A level ends at a
 * clearly lower part, so that it does not change with every batch.
 */
public enum BackpressureLevel {
    /** Every signal is below {@link #LOW}. */
    NONE,
    /** The queue is beginning to fill. */
    LOW,
    /** The queue fills faster than it empties. */
    MEDIUM,
    /** Producers should slow down. */
    HIGH,
    /** The queue is full or almost full, or fragments wait for about as long as they may. */
    CRITICAL;

    /** What a level follows from. */
    public enum Signal {
        /** The fill of the queue: the larger of the part of its fragments and the part of its bytes. */
        FILL,
        /** The predicted sojourn time of a new fragment in the queue. */
        SOJOURN,
        /** The age of the oldest fragment in the queue. */
        AGE
    }
}
