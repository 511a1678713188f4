package dev.geotherm.api.anchor;

import static java.util.Objects.requireNonNull;

import dev.geotherm.api.Component;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.api.streaming.Fragment;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A store of semantic anchors, each of which consolidates similar passages.
 *
 * <p>Two passages are adjacent if the cosine of their embeddings is at least the consolidation threshold and the store's
 * index relates them. An index may miss an adjacent pair with low probability, but its relation is symmetric and depends
 * only on the set of embeddings; passages with equal embeddings are always adjacent, those with an all-zero embedding
 * never. Each passage has a priority, a fixed hash of its id. A passage is a <em>leader</em> if no adjacent leader has a
 * better priority; any other passage belongs to the adjacent leader with the greatest cosine. An anchor is a leader with
 * the passages that belong to it.
 *
 * <p>The anchors (ids, passages, texts, embeddings and drift) therefore depend only on the set of passages in the
 * store. Whatever the order of calls and the interleaving of threads, the result is the anchors that the remaining
 * passages would have in a new store. Heat and times depend on the ingestion times of an anchor's passages and on the
 * current time. An eviction removes the passages of an anchor from the set.
 *
 * <p>The content is also available as a {@link TrackedState} of the form
 * {@code {"anchors": {id: {"text", "heat", "drift", "firstSeen", "lastSeen", "updates", "utterances"}}}}, updated by
 * {@link #commit}. Times are ISO-8601 texts, and utterances are an array of passage ids; a store may add members. Heat
 * is as of the time when the anchor was last seen, so that the state depends only on the passages and their times;
 * {@link #decay} writes the current heat.
 *
 * <p>Thread-safe. The owner of the store calls the maintenance methods ({@link #decay},
 * {@link #evict}, {@link #clusters}, {@link #commit}), on a schedule or after ingestion, from any thread. The store
 * never does their work itself, except for evictions when it is full. Each method documents its cost; a call with
 * nothing to do is cheap. After {@link #close}, methods that change the store throw {@link IllegalStateException}.
 */
public interface AnchorStore extends Component {

    /**
     * Returns a text as this store would keep it: scrubbed of personal data if the settings say so, otherwise
     * unchanged.
     *
     * <p>Scrub a text before you split or embed it: an item that is split into two pieces can no longer be recognised.
     * Scrubbing is idempotent.
     */
    ScrubbedText scrub(String text);

    /**
     * Returns a fingerprint of everything besides the settings that affects scrubbing, such as the version of the rules
     * and the fingerprint of a key. Texts that were scrubbed under another fingerprint must be scrubbed again. It
     * contains no secret. Empty by default.
     */
    default String scrubFingerprint() {
        return "";
    }

    /**
     * Adds a passage; its timestamp is the time of its ingestion.
     *
     * <p>A passage replaces an earlier one with the same id. If the earlier one has the same text, metadata and
     * embedding, nothing changes, not even its time, so it is safe to repeat a call.
     *
     * <p>If the store is full, it evicts the anchors that are next in line for eviction, but never the passage's own.
     *
     * @param passage the passage. Its text is scrubbed before it is kept; its priority is ignored. Its timestamp
     *     determines the heat and age of its anchor, so it is usually the time of the call
     * @param embedding its embedding, which is copied; an all-zero embedding is similar to none
     * @throws IllegalArgumentException if the embedding's length differs from that of the passages in the store, or it
     *     contains a number that is not finite; the store does not change then
     */
    Ingested ingest(Fragment<String> passage, float[] embedding);

    /**
     * Adds a passage with a text that is already scrubbed: part or all of a text that {@link #scrub} returned.
     * Otherwise the same as {@link #ingest}.
     */
    default Ingested ingestScrubbed(Fragment<String> passage, float[] embedding) {
        return ingest(passage, embedding);
    }

    /**
     * Removes passages; unknown ids are ignored.
     *
     * @return the new anchor of each remaining passage that moved to another anchor, by passage id
     */
    Map<String, Optional<AnchorId>> remove(Collection<String> passages);

    /**
     * Fills an empty store with the passages of an earlier one, without searching for their anchors.
     *
     * <p>The result is as if each passage had been ingested at its time. The anchors must be those that a store with
     * the same implementation and consolidation threshold assigned to exactly these passages; if they are not, ingest
     * the passages again instead. All or nothing: if the call fails, the store stays empty.
     *
     * @param source called once, by the calling thread; it passes each passage to the consumer that it receives, in any
     *     order, and need not keep it
     * @throws IllegalStateException if the store is not empty
     * @throws IllegalArgumentException if an embedding is one that {@link #ingest} refuses, a passage occurs twice, or
     *     an anchor is not led by one of its passages; other wrong anchors are not detected
     */
    void restore(Consumer<Consumer<Member>> source);

    /** Returns the anchor of a passage, or empty if the passage is unknown. */
    Optional<AnchorId> anchorOf(String passage);

    /** Returns an anchor, or empty if the id is unknown. */
    Optional<Anchor> find(AnchorId id);

    /**
     * Returns the anchors whose leaders are most similar to an embedding, most similar first; equally similar ones are
     * ordered by id.
     *
     * @param embedding as for {@link #ingest}; nothing is similar to an all-zero one
     * @param limit the maximum number of anchors, at least 1
     * @throws IllegalArgumentException if the limit is below 1, or {@link #ingest} would refuse the embedding
     */
    List<Similar> nearest(float[] embedding, int limit);

    /** Returns the number of anchors. */
    int size();

    /**
     * Returns every anchor, ordered by id. Each is consistent in itself; one that other threads create or end during the
     * call may be missing.
     */
    List<Anchor> anchors();

    /**
     * Returns the sorted ids of the anchors that commits after the given revision of the tracked state added, changed
     * or removed. A change of the heat alone does not count.
     *
     * <p>A store remembers at least the last 10,000 removed anchors.
     */
    List<AnchorId> changedSince(long revision);

    /**
     * Makes the next {@link #commit} write the current heat of every anchor. Heat decays continuously; without this
     * call, the tracked state shows it as of the time when the anchor was last seen.
     *
     * <p>Takes time linear in the number of anchors, and so does the next commit. Call it as often as the readers of
     * the state need current heat, for example hourly. A second call at the same time changes nothing.
     *
     * @return the number of anchors with a heat that differs from the one last written
     */
    int decay();

    /**
     * Does the same as {@link #decay()}, with the heat at the given time. After {@link #restore}, pass the time of the
     * last decay to reproduce the earlier state.
     */
    int decay(Instant at);

    /**
     * Evicts the anchors that are older than the settings allow, counted from their first passage, or colder than the
     * eviction heat. Takes time linear in the number of evicted anchors, so it may be called often.
     */
    Evicted evict();

    /**
     * Clusters the anchors by single linkage: two anchors are in the same cluster if the cosine of their leaders is at
     * least the given similarity. Largest cluster first, equally large ones ordered by their first ids; all-zero anchors
     * are in no cluster.
     *
     * <p>Members are cached until the set of anchors changes, so repeated calls are cheap.
     */
    List<Cluster> clusters(double similarity);

    /** Returns a summary of the anchors' stability; all values are zero if there are no anchors. */
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

    /** Releases every anchor to the pool, and closes the pool and the tracked state. Idempotent. */
    @Override
    void close();

    /**
     * An anchor and its similarity.
     *
     * @param anchor the anchor's id
     * @param similarity the cosine, -1 to 1
     */
    record Similar(AnchorId anchor, double similarity) {}

    /**
     * A passage of a store, for {@link #restore}.
     *
     * @param id the passage's id
     * @param text its text, scrubbed
     * @param metadata its metadata
     * @param embedding its embedding; copied by the store
     * @param at the time at which it was ingested
     * @param anchor its anchor
     */
    @SuppressWarnings("ArrayRecordComponent") // vectors are large and passed by reference throughout
    record Member(
            String id, String text, Map<String, String> metadata, float[] embedding, Instant at, AnchorId anchor) {

        /** Checks that nothing is null, and copies the metadata. */
        public Member {
            requireNonNull(id, "id");
            requireNonNull(text, "text");
            requireNonNull(embedding, "embedding");
            requireNonNull(at, "at");
            requireNonNull(anchor, "anchor");
            metadata = Map.copyOf(metadata);
        }
    }
}
