package dev.geotherm.api.streaming;

/**
 * The fill of a pipeline's queue, in five levels. The settings of an implementation determine the fill at which each
 * level begins.
 */
public enum BackpressureLevel {
    /** The fill is below {@link #LOW}. */
    NONE,
    /** The queue is beginning to fill. */
    LOW,
    /** The queue fills faster than it empties. */
    MEDIUM,
    /** Producers should slow down. */
    HIGH,
    /** The queue is full or almost full. */
    CRITICAL
}
