package dev.geotherm.api.metrics;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A builder of a metrics record, by the names of its components:
 *
 * <pre>{@code
 * MetricsBuilder.of(PoolMetrics.class)
 *         .set("created", created.sum())
 *         .set("idle", idle.size())
 *         .set("waitTime", waits.distribution())
 *         .build();
 * }</pre>
 *
 * <p>Implementations use it instead of the record's constructor: a component that a later version adds to the record is
 * then zero until the implementation sets it. Not thread-safe.
 *
 * @param <M> the type of the record
 */
public final class MetricsBuilder<M extends Record> {
    private final Class<M> type;
    private final Map<String, Object> values = new LinkedHashMap<>();

    private MetricsBuilder(Class<M> type) {
        this.type = requireNonNull(type, "type");
        for (MetricField field : MetricField.of(type)) {
            values.put(field.name(), field.zero());
        }
    }

    /**
     * Returns a builder in which every number is 0, every distribution and map is empty, every flag is false, and every
     * enum is its first constant.
     *
     * @throws IllegalArgumentException if the record's declaration is invalid, see {@link Metrics#check}
     */
    public static <M extends Record> MetricsBuilder<M> of(Class<M> type) {
        return new MetricsBuilder<>(type);
    }

    /** Returns a builder that starts with the values of other metrics. */
    public static <M extends Record> MetricsBuilder<M> copyOf(M metrics) {
        @SuppressWarnings("unchecked") // the class of a record is final
        MetricsBuilder<M> copy = of((Class<M>) metrics.getClass());
        for (MetricField field : MetricField.of(copy.type)) {
            copy.values.put(field.name(), field.value(metrics));
        }
        return copy;
    }

    /**
     * Sets a component; a number is converted to the component's type.
     *
     * @throws IllegalArgumentException if the record has no such component, or if it has another type
     * @throws ArithmeticException if the number is too large for the component
     */
    public MetricsBuilder<M> set(String name, Object value) {
        for (MetricField field : MetricField.of(type)) {
            if (field.name().equals(name)) {
                values.put(name, field.converted(requireNonNull(value, name)));
                return this;
            }
        }
        throw new IllegalArgumentException(
                type.getSimpleName() + " has no metric '" + name + "'; it has " + String.join(", ", values.keySet()));
    }

    /** Returns the record. */
    public M build() {
        List<Object> inOrder = new ArrayList<>(values.values());
        return MetricField.create(type, inOrder);
    }
}
