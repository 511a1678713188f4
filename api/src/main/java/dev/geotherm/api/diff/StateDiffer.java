package dev.geotherm.api.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.Component;
import dev.geotherm.delta.DeltaCodec;
import dev.geotherm.delta.DeltaSummary;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.delta.StateDelta;

/**
 * A differ of JSON states: computes deltas, tracks states and their revisions, and opens context caches.
 *
 * <p>A state is any {@link JsonNode}. The differ never modifies the states that it receives; the caller must not modify
 * them during the call. Thread-safe.
 */
public interface StateDiffer extends Component {

    /**
     * Returns the changes that turn one state into another.
     *
     * <p>Exact: {@code diff(a, b).applyTo(a)} equals {@code b} for all states, depth limits and keys, except at ignored
     * paths. Equal states, see {@link JsonEquality#same}, give an empty delta. Numbers that differ only in
     * representation ({@code 1} and {@code 1.0}) are different unless the settings say otherwise.
     */
    StateDelta diff(JsonNode before, JsonNode after);

    /** Returns the counts, magnitude and category of a delta, by the thresholds in the settings. */
    DeltaSummary summarize(StateDelta delta);

    /**
     * Returns a hash of a state that depends neither on the order of object members nor on ignored paths. Equal states
     * have equal fingerprints; different states collide with a probability of about 2^-64. It is not cryptographic: an
     * attacker can construct collisions.
     */
    Fingerprint fingerprint(JsonNode state);

    /**
     * Opens a tracked state, which starts as a copy of the given one at revision 0.
     *
     * @param name for metrics, messages and the settings of the instance
     * @throws IllegalArgumentException if a state of this name is open, or the state contains values that JSON cannot
     *     represent or its parsers refuse, such as NaN or a member name with an unpaired surrogate
     * @throws IllegalStateException if the differ is closed
     */
    TrackedState track(String name, JsonNode initial);

    /**
     * Opens a tracked state under a name that the differ chooses: {@code state-1}, {@code state-2}, …
     *
     * @see #track(String, JsonNode)
     */
    TrackedState track(JsonNode initial);

    /**
     * Returns a replica without a state, which follows the updates of a state tracked by a differ of the same
     * implementation.
     */
    StateReplica replica();

    /**
     * Opens a context cache in memory.
     *
     * @param name for metrics, messages and the settings of the instance
     * @throws IllegalArgumentException if a cache of this name is open
     * @throws IllegalStateException if the differ is closed
     */
    <V> ContextCache<V> openCache(String name);

    /**
     * Opens a context cache with a disk tier, if the implementation and its settings have one: values are also written
     * to disk, where a later cache of this name finds them. Otherwise the same as {@link #openCache(String)}.
     *
     * @param serializer writes and reads the values
     * @throws IllegalArgumentException if a cache of this name is open
     * @throws IllegalStateException if the differ is closed
     */
    default <V> ContextCache<V> openCache(String name, CacheSerializer<V> serializer) {
        return openCache(name);
    }

    /** Returns the codec for deltas in this differ's wire format, compressed if the settings say so. */
    DeltaCodec codec();

    /** Returns the codec for the updates that tracked states send to {@linkplain #replica() replicas}. */
    UpdateCodec updateCodec(UpdateFormat format);

    @Override
    DiffMetrics metrics();

    /** Closes every tracked state and cache that this differ opened. Idempotent; leaves no thread behind. */
    @Override
    void close();
}
