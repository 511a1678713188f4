package dev.geotherm.api.anchor;

import dev.geotherm.api.Component;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.api.streaming.Fragment;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A store of semantic anchors: each ingested fragment creates an anchor or reinforces the most similar one.
 *
 * <p>If the cosine of the fragment's embedding and that of the nearest anchor is at least the consolidation threshold, the
 * anchor is reinforced: its heat rises and its embedding moves towards the fragment's. Otherwise the store acquires a new
 * anchor from a pool. The nearest anchor is found by an index, without comparing every anchor: an anchor with an equal
 * embedding is always found, others with high probability. Evicted anchors are released to the pool.
 *
 * <p>The content is also a {@link TrackedState} of the form {@code {"anchors": {id: {"text", "heat", "drift",
 * "firstSeen", "lastSeen", "updates", "utterances"}}}}, updated by {@link #commit}. Times are ISO-8601 texts, and
 * utterances are an array of fragment ids; a store may add members.
 *
 * <p>Safe for use by many threads. Upkeep ({@link #decay}, {@link #evict}, {@link #clusters}, {@link #commit}) is
 * called by the owner of the store, on a schedule or after ingestion, from any thread: the store never calls these
 * methods itself, and a call with nothing to do is cheap, as each method describes. After {@link #close}, methods that
 * change the store throw {@link IllegalStateException}.
 */
public interface AnchorStore extends Component {

    /**
     * Returns a text as this store keeps it: scrubbed of personal data if the settings say so, otherwise unchanged.
     *
     * <p>Scrub a text before you embed it, and before you split it: an item that is split into two pieces can no longer be
     * recognised. Scrubbing a scrubbed text changes nothing.
     */
    ScrubbedText scrub(String text);

    /**
     * Creates or reinforces an anchor.
     *
     * @param fragment its text is scrubbed before it is kept
     * @param embedding copied; an all-zero one matches no anchor and always creates one
     * @throws IllegalArgumentException if the embedding's length differs from that of earlier ones, or it contains a
     *     number that is not finite; nothing changes then
     */
    Ingested ingest(Fragment<String> fragment, float[] embedding);

    /** Returns an anchor, or empty if the id is unknown. */
    Optional<Anchor> find(AnchorId id);

    /**
     * Returns the anchors most similar to an embedding, most similar first, equally similar ones ordered by id.
     *
     * @param embedding as for {@link #ingest}; nothing is similar to an all-zero one
     * @param limit the maximum number of anchors, at least 1
     * @throws IllegalArgumentException if the limit is below 1, or {@link #ingest} would refuse the embedding
     */
    List<Similar> nearest(float[] embedding, int limit);

    /** Returns the number of anchors. */
    int size();

    /** Returns every anchor, ordered by id. */
    List<Anchor> anchors();

    /**
     * Returns the ids of the anchors that were created, reinforced or evicted after the given time, sorted.
     *
     * <p>A store remembers a bounded number of evictions: it may forget those older than the maximum age of an anchor,
     * and the oldest ones beyond 10,000.
     */
    List<AnchorId> changedSince(Instant time);

    /**
     * Lowers the heat of every anchor for the time since its last decay: heat · max(floor, rate^days), by the store's
     * clock.
     *
     * <p>The floor limits the factor, not the heat: after a long pause an anchor keeps that fraction of its heat, but
     * without reinforcement it cools until it is cold enough for eviction.
     *
     * <p>Takes time linear in the number of anchors, and so does the next {@link #commit}, because every heat has
     * changed. Call it as often as the resolution of heat requires, such as hourly. A second call at the same time
     * changes nothing.
     *
     * @return the number of anchors with a changed heat
     */
    int decay();

    /**
     * Evicts the anchors that are older than the settings allow, counted from their creation, or colder than the eviction
     * heat.
     *
     * <p>Does not scan the anchors if none can be old or cold enough, so the method may be called often.
     *
     * @return the ids of the evicted anchors, sorted
     */
    List<AnchorId> evict();

    /**
     * Clusters the anchors by single linkage: two anchors with a cosine of at least the given similarity are in the
     * same cluster. Largest cluster first, equally large ones ordered by their first ids; all-zero anchors are in no
     * cluster.
     *
     * <p>The result is cached until an anchor changes, so repeated calls are cheap.
     */
    List<Cluster> clusters(double similarity);

    /** Returns how stable the anchors are; all values are zero if there are no anchors. */
    Stability stability();

    /**
     * Updates the tracked state with all changes since the last commit, as one revision. Takes time linear in the
     * number of changed anchors.
     *
     * @return the delta; empty if nothing changed
     */
    RevisionDelta commit();

    /** Returns the tracked state, for reading and subscribing; only the store writes it. */
    TrackedState state();

    @Override
    AnchorMetrics metrics();

    /** Releases every anchor to the pool and closes pool and state. Idempotent. */
    @Override
    void close();

    /**
     * An anchor and its similarity.
     *
     * @param anchor the anchor's id
     * @param similarity the cosine, -1 to 1
     */
    record Similar(AnchorId anchor, double similarity) {}
}
