package dev.geotherm.api.diff;

import dev.geotherm.delta.StateDelta;

/**
 * What a {@link ContextCache} answers.
 *
 * @param <V> the results
 */
public sealed interface Lookup<V> {

    /**
     * The very context was found.
     *
     * @param value its result
     */
    record Hit<V>(V value) implements Lookup<V> {}

    /**
     * Another context of the same id was found, the nearest of those kept.
     *
     * @param value its result
     * @param delta what leads from its context to the one asked for, in full
     * @param category how much that is
     */
    record Near<V>(V value, StateDelta delta, DeltaCategory category) implements Lookup<V> {}

    /** Nothing was found. */
    record Miss<V>() implements Lookup<V> {}
}
