package dev.geotherm.api.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A reader of metrics records, by the declarations that {@link Metric} gives. Stateless; safe for use by many threads. */
public final class Metrics {
    private Metrics() {}

    /**
     * Returns the measurements of a record, in the order of its components; those of a map of named instances by their
     * names.
     *
     * @throws IllegalArgumentException if the record's declaration is wrong, see {@link #check}
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
     * Returns the metrics of an instance whose name was used before: counters are added, distributions joined, gauges
     * are those of the current one.
     *
     * @throws IllegalArgumentException if the record's declaration is wrong
     */
    public static <M extends Record> M sum(M earlier, M current) {
        List<Object> values = new ArrayList<>();
        for (MetricField field : MetricField.of(current.getClass())) {
            values.add(field.sum(field.value(earlier), field.value(current)));
        }
        return MetricField.create(current, values);
    }

    /**
     * Checks the declaration of a metrics record: every component declared, with a description, a type that fits, a unit
     * unless it is a state, and names that are unique also where named instances and the component share them.
     *
     * @throws IllegalArgumentException with what is wrong
     */
    public static void check(Class<? extends Record> type) {
        MetricField.of(type);
    }
}
