package dev.geotherm.profiles.telemetry;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The numbers in a metrics record, by dotted name: durations in seconds, truth as 1 and 0; what is no number is left out.
 *
 * <p>A map of named records (one a pool, one a pipeline) counts as the sum of them; in detail, also one by one.
 */
final class Figures {
    private Figures() {}

    static Map<String, Number> of(String prefix, Record metrics, boolean detail) {
        Map<String, Number> figures = new TreeMap<>();
        for (RecordComponent component : metrics.getClass().getRecordComponents()) {
            Object value = read(metrics, component);
            if (value instanceof Map<?, ?> parts) {
                parts.forEach((name, part) -> addPart(figures, prefix, String.valueOf(name), part, detail));
            } else if (value instanceof Record nested) {
                figures.putAll(of(prefix + "." + component.getName(), nested, detail));
            } else {
                Number number = number(value);
                if (number != null) {
                    figures.merge(prefix + "." + component.getName(), number, Figures::sum);
                }
            }
        }
        return figures;
    }

    private static void addPart(
            Map<String, Number> figures, String prefix, String name, @Nullable Object part, boolean detail) {
        if (part instanceof Record record) {
            of(prefix, record, false).forEach((key, number) -> figures.merge(key, number, Figures::sum));
            if (detail) {
                figures.putAll(of(prefix + "." + name, record, true));
            }
            return;
        }
        Number number = number(part);
        if (number != null && detail) {
            figures.put(prefix + "." + name, number);
        }
    }

    private static Number sum(Number a, Number b) {
        if (a instanceof Double || b instanceof Double) {
            return a.doubleValue() + b.doubleValue();
        }
        return a.longValue() + b.longValue();
    }

    private static @Nullable Number number(@Nullable Object value) {
        if (value instanceof Double || value instanceof Float) {
            return ((Number) value).doubleValue();
        } else if (value instanceof Number number) {
            return number.longValue();
        } else if (value instanceof Boolean truth) {
            return truth ? 1L : 0L;
        }
        return value instanceof Duration duration ? duration.toNanos() / 1e9 : null;
    }

    private static @Nullable Object read(Record metrics, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true); // the record may be package-private
            return component.getAccessor().invoke(metrics);
        } catch (ReflectiveOperationException unexpected) {
            throw new IllegalStateException("cannot read " + component, unexpected);
        }
    }
}
