package dev.geotherm.api.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A reader of metrics records by their {@link Metric} declarations. Stateless; thread-safe. */
public final class Metrics {
    private Metrics() {}

    /**
     * Returns the measurements of a record in the order of its components; named instances are sorted by name.
     *
     * @throws IllegalArgumentException if the record's declaration is invalid, see {@link #check}
     */
    public static List<Measurement> read(Record metrics) {
        List<Measurement> found = new ArrayList<>();
        read("", "", metrics, found);
        return List.copyOf(found);
    }

    private static void read(String prefix, String instance, Record metrics, List<Measurement> found) {
        for (MetricField field : MetricField.of(metrics.getClass())) {
            Object value = field.value(metrics);
            Metric declared = field.declared();
            if (declared != null) {
                found.add(new Measurement(
                        prefix + field.name(),
                        instance,
                        declared.type(),
                        declared.unit(),
                        declared.description(),
                        value));
            } else if (value instanceof Record nested) {
                read(prefix + field.name() + ".", instance, nested, found);
            } else {
                ((Map<?, ?>) value)
                        .entrySet().stream()
                                .sorted(Map.Entry.comparingByKey(
                                        (a, b) -> a.toString().compareTo(b.toString())))
                                .forEach(each ->
                                        read(prefix, String.valueOf(each.getKey()), (Record) each.getValue(), found));
            }
        }
    }

    /**
     * Combines the metrics of two instances with the same name: counters are added, distributions combined
     * by {@link Distribution#plus}, and gauges are those of the current instance.
     *
     * @throws IllegalArgumentException if the record's declaration is invalid
     */
    public static <M extends Record> M sum(M earlier, M current) {
        List<Object> values = new ArrayList<>();
        for (MetricField field : MetricField.of(current.getClass())) {
            values.add(field.sum(field.value(earlier), field.value(current)));
        }
        return MetricField.create(current, values);
    }

    /**
     * Checks the declaration of a metrics record: every component is declared, has a description, a suitable type and,
     * unless it is a state, a unit; names are unique, including those shared by named instances and the component.
     *
     * @throws IllegalArgumentException if the declaration is invalid; the message says why
     */
    public static void check(Class<? extends Record> type) {
        MetricField.of(type);
    }
}
