package dev.geotherm.api.diff;

import dev.geotherm.delta.DeltaCategory;
import dev.geotherm.delta.StateDelta;

/**
 * The answer of a {@link ContextCache}: an exact hit, a near hit or a miss.
 *
 * @param <V> the values
 */
public sealed interface Lookup<V> {

    /**
     * An exact hit: the context is equal to a kept one.
     *
     * @param value the value of that context
     */
    record ExactHit<V>(V value) implements Lookup<V> {}

    /**
     * A near hit: other contexts of the same id are kept.
     *
     * @param value the value of the nearest of them
     * @param delta the complete changes from that context to the one asked for
     * @param category the size of those changes
     */
    record NearHit<V>(V value, StateDelta delta, DeltaCategory category) implements Lookup<V> {}

    /** A miss: no context of the id is kept. */
    record Miss<V>() implements Lookup<V> {}
}
