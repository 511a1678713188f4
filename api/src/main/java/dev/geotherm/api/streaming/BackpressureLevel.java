package dev.geotherm.api.streaming;

/**
 * The load of a pipeline's queue, in five levels. It follows up to three {@linkplain Signal signals}, each as a fraction of its
 * limit; the highest one counts. The settings of an implementation determine the limits and the fraction at which each level
 * begins. A level ends at a clearly lower fraction (hysteresis), so it does not change with every batch.
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
    /** The queue is full or almost full, or fragments wait for almost as long as the limits allow. */
    CRITICAL;

    /** A signal that the level follows. */
    public enum Signal {
        /** The fill of the queue, in fragments or in bytes, whichever is larger. */
        FILL,
        /** The predicted sojourn time of a new fragment in the queue. */
        SOJOURN,
        /** The age of the oldest fragment in the queue. */
        AGE
    }
}
