package dev.geotherm.api.anchor;

import dev.geotherm.api.Component;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.api.streaming.Fragment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps semantic anchors: each ingested fragment creates one or reinforces the one that it is most like.
 *
 * <p>The rule: the nearest anchor, if its cosine to the fragment's embedding is at least the consolidation threshold, is
 * reinforced (heat and embedding move by the settings' steps); otherwise a new anchor is taken from a pool. The nearest is
 * found by an index, not by looking at every anchor; an anchor with an equal embedding is always found, others with high
 * probability. Anchors that are evicted go back to the pool.
 *
 * <p>What the store holds is also a {@link TrackedState} of the form {@code {"anchors": {id: {"text", "heat", "drift",
 * "firstSeen", "lastSeen", "updates", "utterances"}}}}, brought up to date by {@link #commit}. Times are ISO-8601 texts,
 * utterances an array of fragments' ids; a store may add further members.
 */
public interface AnchorStore extends Component {

    /**
     * Returns a text as this store would keep it: scrubbed of personal data where the settings say so. What is embedded
     * should be scrubbed before.
     */
    String scrub(String text);

    /**
     * Creates or reinforces an anchor.
     *
     * @param fragment its text is scrubbed before it is kept
     * @param embedding copied; an all-zero one never matches and always creates
     * @throws IllegalArgumentException if the embedding has another length than those before, or a number in it is not
     *     finite; nothing changes then
     */
    Ingested ingest(Fragment<String> fragment, float[] embedding);

    /** Returns an anchor, or nothing if there is none of this id. */
    Optional<Anchor> find(AnchorId id);

    /**
     * Returns the anchors most similar to an embedding, most similar first, equally similar ones in the order of ids.
     *
     * @param embedding as for {@link #ingest}; nothing is near to an all-zero one
     * @param limit how many at most, at least 1
     * @throws IllegalArgumentException if the limit is less, or the embedding is none that could be ingested
     */
    List<Similar> nearest(float[] embedding, int limit);

    /** Returns how many anchors there are. */
    int size();

    /** Returns every anchor, in the order of ids. */
    List<Anchor> anchors();

    /**
     * Returns the ids of the anchors that were created, reinforced or evicted after the given time, in the order of ids.
     *
     * <p>An eviction is remembered for as long as the settings let an anchor live, and may be forgotten then, so that a
     * store does not grow by what it evicts.
     */
    List<AnchorId> changedSince(Instant time);

    /**
     * Lowers the heat of every anchor by the decay of the time since it was lowered last: heat · max(floor, rate^days), by
     * the clock of the store.
     *
     * <p>The floor is one of the factor, not of the heat: a store that was asleep for long keeps that part of every heat,
     * and an anchor that nothing reinforces goes on to cool until it is cold enough to be evicted.
     *
     * @return how many anchors' heat changed
     */
    int decay();

    /**
     * Evicts the anchors that are older than the settings allow, counted from their creation, or colder than the eviction
     * heat.
     *
     * @return the ids of those that were evicted, in their order
     */
    List<AnchorId> evict();

    /**
     * Groups the anchors whose cosine is at least the given one, directly or through others; largest group first, equally
     * large ones in the order of their first ids. All-zero anchors are in no group.
     */
    List<Cluster> clusters(double similarity);

    /** Returns how stable the anchors are; all zero before the first. */
    Stability stability();

    /**
     * Brings the tracked state up to date with everything that was done so far, as one revision.
     *
     * @return the delta, empty where nothing was done
     */
    RevisionDelta commit();

    /** Returns the tracked state; it is read and subscribed to, written by this store alone. */
    TrackedState state();

    @Override
    AnchorMetrics metrics();

    /** Returns every anchor to the pool and closes pool and state. */
    @Override
    void close();

    /**
     * An anchor and how similar it is.
     *
     * @param anchor its id
     * @param similarity the cosine, -1 to 1
     */
    record Similar(AnchorId anchor, double similarity) {}
}
