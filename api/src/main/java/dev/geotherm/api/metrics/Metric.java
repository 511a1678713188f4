package dev.geotherm.api.metrics;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The declaration of one metric, on a component of a metrics record. Tables, telemetry and exporters use it.
 *
 * <p>A metric's Java type is {@code int}, {@code long}, {@code double}, {@code boolean}, {@link java.time.Duration}, an
 * enum, or {@link Distribution}. Two kinds of components carry no declaration, because the records in them have their
 * own: a record, and a {@code Map<String, ? extends Record>} of named instances.
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

    /** What is measured, in one short sentence for people, without a full stop. */
    String description();
}
