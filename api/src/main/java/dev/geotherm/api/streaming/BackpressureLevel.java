package dev.geotherm.api.streaming;

/**
 * The fill of a pipeline's queue, in five levels: the larger of the part of its fragments and the part of its bytes. The settings of
 * an implementation determine the fill at which each level begins. A level ends at a clearly lower fill, so that it does not change with
 * every batch.
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
