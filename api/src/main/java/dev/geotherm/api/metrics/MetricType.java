package dev.geotherm.api.metrics;

/** The type of a metric. */
public enum MetricType {
    /** A total that never decreases, even when its instance closes. */
    COUNTER,
    /** A current value, which rises and falls; a state, such as an enum constant or a flag, is also a gauge. */
    GAUGE,
    /** A {@link Distribution} of recorded values. */
    DISTRIBUTION
}
