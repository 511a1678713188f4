package dev.geotherm.api.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.Component;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.delta.StateDelta;

/**
 * Finds what changed between states, keeps states whose changes are followed, and tells whether a result that was found
 * in one context still serves in another.
 *
 * <p>A state is any {@link JsonNode}. States that are passed in are read, never changed, and must not be changed by
 * others during the call.
 */
public interface StateDiffer extends Component {

    /**
     * Returns the changes that turn one state into another.
     *
     * <p>Exact: {@code diff(a, b).applyTo(a)} equals {@code b}, whatever the depth limit, for every pair of states and
     * every key, except at the paths that the settings say to ignore. Equal states, as {@link JsonEquality} tells, give
     * an empty delta. Numbers that differ in representation only ({@code 1} and {@code 1.0}) are different.
     */
    StateDelta diff(JsonNode before, JsonNode after);

    /** Returns the counts, magnitude and category of a delta, by the thresholds in the settings. */
    DeltaSummary summarize(StateDelta delta);

    /**
     * Returns a hash of a state that does not depend on the order of object members nor on ignored paths: equal states
     * have equal fingerprints, and different ones do not but by a chance of 2^-64 or so; it is no protection against
     * somebody who looks for collisions.
     */
    Fingerprint fingerprint(JsonNode state);

    /**
     * Returns a state that starts as a copy of the given one at revision 0, and follows its changes.
     *
     * @throws IllegalArgumentException if there is something in it that JSON has not or its readers refuse, such as a NaN or a
     *     name with half a surrogate pair
     */
    TrackedState track(JsonNode initial);

    /** Returns a receiver without a state, for the updates of a state that a differ of the same kind tracks. */
    StateReplica replica();

    /**
     * Opens a cache of results under their input contexts, in memory.
     *
     * @param name for metrics and messages
     */
    <V> ContextCache<V> openCache(String name);

    /**
     * Opens a cache of results that may outlive the process: where the implementation and its settings have a disk tier,
     * results are written there as well, and found there by a later cache of this name.
     *
     * <p>By default there is none, and this is {@link #openCache(String)}.
     *
     * @param form how results are written
     */
    default <V> ContextCache<V> openCache(String name, CachedForm<V> form) {
        return openCache(name);
    }

    /** Returns the codec for deltas in this differ's wire form, compressed where the settings say so. */
    DeltaCodec codec();

    @Override
    DiffMetrics metrics();

    /** Closes every tracked state and cache that was opened here. */
    @Override
    void close();
}
