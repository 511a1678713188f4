package dev.geotherm.api.metrics;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a component of a metrics record as a metric, for tables, telemetry and exporters.
 *
 * <p>A metric's Java type is {@code int}, {@code long}, {@code double}, {@code boolean}, {@link java.time.Duration}, an
 * enum, or {@link Distribution}. Two kinds of components carry no declaration, because the records in them have their
 * own: nested records, and a {@code Map<String, ? extends Record>} of named instances.
 *
 * @see Metrics
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Metric {

    /** The type. */
    MetricType type();

    /** The unit, as a plural noun: {@code objects}, {@code bytes}; {@code seconds} for every duration; empty for states. */
    String unit() default "";

    /** What is measured: a short phrase for users, without a full stop. */
    String description();
}
