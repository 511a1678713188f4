package dev.geotherm.profiles.config;

/**
 * An effective setting, with its source.
 *
 * @param key the dotted key, {@code pool.maxSize}
 * @param value the value as written in a profile; masked if it is secret
 * @param origin its source: {@code default}, {@code profile perf}, {@code environment GEOTHERM_POOL_MAX_SIZE},
 *     {@code --set}; if the implementation replaces a switch that was given, this says so
 * @param defaultValue whether the value is the default value
 * @param description its description
 */
public record EffectiveSetting(String key, String value, String origin, boolean defaultValue, String description) {}
