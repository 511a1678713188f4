package dev.geotherm.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a component of a settings record as a setting, with its default value and description.
 *
 * <p>Supported types: {@code int}, {@code long}, {@code double}, {@code boolean}, {@link String}, {@link Secret} (for
 * values that must not be printed), {@link java.time.Duration} ({@code 250ms}, {@code 30s}, {@code 5m}, {@code 2h},
 * {@code 7d}), {@link DataSize} ({@code 512KiB}, {@code 64MiB}), {@link java.nio.file.Path}, enums (constants in lower
 * case, {@code _} as {@code -}) and {@code List<String>} (comma-separated).
 *
 * @see Settings
 */
@Documented
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Setting {

    /** The default value, as written in a profile. */
    String defaultValue();

    /** What the setting does, in one sentence for users. */
    String description();

    /** Whether all named instances of the component share one value, which an instance cannot override. */
    boolean shared() default false;
}
