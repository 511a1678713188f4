package dev.geotherm.api.streaming;

/**
 * The fill of a pipeline's queue, in five levels. The settings of an implementation say from which fill on a level applies.
 */
public enum BackpressureLevel {
    /** The queue is filled less than {@link #LOW} asks for. */
    NONE,
    /** The queue has begun to fill. */
    LOW,
    /** The queue fills faster than it empties. */
    MEDIUM,
    /** Producers should slow down. */
    HIGH,
    /** The queue is full or about to be. */
    CRITICAL
}
