package dev.geotherm.api.diff;

import dev.geotherm.delta.DeltaCategory;
import dev.geotherm.delta.StateDelta;

/**
 * The result of a lookup in a {@link ContextCache}: an exact hit, a near hit or a miss.
 *
 * @param <V> the type of the values
 */
public sealed interface Lookup<V> {

    /**
     * An exact hit: the cache has an equal context.
     *
     * @param value the value of that context
     */
    record ExactHit<V>(V value) implements Lookup<V> {}

    /**
     * A near hit: the cache has only other contexts of the same id.
     *
     * @param value the value of the nearest of them
     * @param delta the changes from that context to the requested one
     * @param category the size of those changes
     */
    record NearHit<V>(V value, StateDelta delta, DeltaCategory category) implements Lookup<V> {}

    /** A miss: the cache has no context of the id. */
    record Miss<V>() implements Lookup<V> {}
}
