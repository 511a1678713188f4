package dev.geotherm.api.metrics;

import java.time.Duration;
import java.util.Locale;

/**
 * The value of one metric, with its declaration.
 *
 * @param name the name of the record's component; in a nested record, the names of both components joined by a dot
 * @param instance the named instance to which it belongs; empty for the component as a whole
 * @param type the type
 * @param unit the unit, see {@link Metric#unit()}
 * @param description what is measured
 * @param value an {@code Integer}, {@code Long}, {@code Double}, {@code Boolean}, {@link Duration}, enum constant or
 *     {@link Distribution}
 */
public record Measurement(
        String name, String instance, MetricType type, String unit, String description, Object value) {

    /**
     * Returns the value as a number: durations in seconds, booleans as 1 or 0, enum constants as ordinals,
     * distributions as means.
     */
    @SuppressWarnings("EnumOrdinal") // exporters that support only numbers export the ordinal of the state
    public double number() {
        if (value instanceof Number number) {
            return number.doubleValue();
        } else if (value instanceof Duration duration) {
            return duration.toNanos() / 1e9;
        } else if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        return value instanceof Enum<?> state ? state.ordinal() : ((Distribution) value).mean();
    }

    /** Returns the value as text: enum constants in lower case, everything else by {@code toString}. */
    public String text() {
        return value instanceof Enum<?> state
                ? state.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : String.valueOf(value instanceof Duration ? number() : value);
    }
}
