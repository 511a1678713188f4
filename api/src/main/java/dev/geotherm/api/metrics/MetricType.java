package dev.geotherm.api.metrics;

/** The type of a metric. */
public enum MetricType {
    /** A total that never decreases, and is kept when the instance that it belongs to closes. */
    COUNTER,
    /** A value of now, which rises and falls; a state, such as an enum constant or a flag, is a gauge too. */
    GAUGE,
    /** A {@link Distribution} of recorded values. */
    DISTRIBUTION
}
