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
 * <p>So the anchors (ids, passages, texts, embeddings and drift) are a function of the set of passages in the store: any
 * order of calls, and any interleaving of threads, ends in the anchors that the remaining passages would have in a new
 * store. Heat and times are a function of the times at which an anchor's passages were ingested, and of the current time.
 * An eviction removes the passages of an anchor from the set.
 *
 * <p>The content is also a {@link TrackedState} of the form {@code {"anchors": {id: {"text", "heat", "drift",
 * "firstSeen", "lastSeen", "updates", "utterances"}}}}, updated by {@link #commit}. Times are ISO-8601 texts, and
 * utterances are an array of passage ids; a store may add members. The heat is that at the time when the anchor was last
 * seen, so that the state depends only on the passages and their times, until {@link #decay} asks for the current one.
 *
 * <p>Safe for use by many threads. Upkeep ({@link #decay}, {@link #evict}, {@link #clusters}, {@link #commit}) is
 * called by the owner of the store, on a schedule or after ingestion, from any thread: except for evictions at its
 * capacity, the store never does these things itself, and a call with nothing to do is cheap, as each method describes.
 * After {@link #close}, methods that change the store throw {@link IllegalStateException}.
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
     * Returns a fingerprint of what determines scrubbing besides the settings: a version of the rules, the fingerprint of a key. Texts
     * that were scrubbed under another one must be scrubbed again. It contains no secret. Empty by default.
     */
    default String scrubFingerprint() {
        return "";
    }

    /**
     * Adds a passage, which is ingested at its timestamp.
     *
     * <p>A passage replaces an earlier one with the same id. If that has the same text, metadata and embedding, nothing
     * changes, not even its time, so a repeated call does no harm.
     *
     * <p>If the store has a capacity and is full, it evicts the anchors that it would evict first, but not the passage's
     * own.
     *
     * @param passage its text is scrubbed before it is kept; its priority is ignored. Its timestamp decides on the heat and
     *     age of its anchor, so it is usually the time of the call
     * @param embedding copied; an all-zero one is similar to none
     * @throws IllegalArgumentException if the embedding's length differs from that of the passages in the store, or it contains a
     *     number that is not finite; nothing changes then
     */
    Ingested ingest(Fragment<String> passage, float[] embedding);

    /**
     * Adds a passage whose text is part of one that {@link #scrub} returned, so that it need not be scrubbed again; otherwise
     * as {@link #ingest}.
     */
    default Ingested ingestScrubbed(Fragment<String> passage, float[] embedding) {
        return ingest(passage, embedding);
    }

    /**
     * Removes passages; unknown ids are ignored.
     *
     * @return the remaining passages with another anchor than before, by id
     */
    Map<String, Optional<AnchorId>> remove(Collection<String> passages);

    /**
     * Fills an empty store with the passages of an earlier one, without the search for their anchors.
     *
     * <p>The result is as if each passage was ingested at its time. The anchors must be those that a store of the same
     * implementation and consolidation threshold gave to exactly these passages; otherwise, ingest them again. All or
     * nothing: if the call fails, the store stays empty.
     *
     * @param source called once, by the calling thread; it passes each passage to the consumer that it receives, in any
     *     order, and need not keep it
     * @throws IllegalStateException if the store is not empty
     * @throws IllegalArgumentException if an embedding is one that {@link #ingest} refuses, a passage occurs twice, or an
     *     anchor is not that of one of its passages; the store detects no other wrong anchor
     */
    void restore(Consumer<Consumer<Member>> source);

    /** Returns the anchor of a passage, or empty if the passage is unknown. */
    Optional<AnchorId> anchorOf(String passage);

    /** Returns an anchor, or empty if the id is unknown. */
    Optional<Anchor> find(AnchorId id);

    /**
     * Returns the anchors whose leaders are most similar to an embedding, most similar first, equally similar ones ordered
     * by id.
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
     * Returns the ids of the anchors that commits after the given revision of the tracked state added, changed or
     * removed, sorted. A change of the heat alone does not count.
     *
     * <p>A store remembers the last 10,000 removed anchors at least.
     */
    List<AnchorId> changedSince(long revision);

    /**
     * Lets the next {@link #commit} write the heat of every anchor as it is now. An anchor's heat decays with time by
     * itself; without this call, the tracked state shows it as it was when the anchor was last seen.
     *
     * <p>Takes time linear in the number of anchors, and so does the next commit. Call it as often as the state's
     * resolution of heat requires, such as hourly. A second call at the same time changes nothing.
     *
     * @return the number of anchors with another heat than that last written
     */
    int decay();

    /**
     * Decays as {@link #decay()} does, with the heat at a given time. After {@link #restore}, pass the time of the last
     * decay to get the earlier state.
     */
    int decay(Instant at);

    /**
     * Evicts the anchors that are older than the settings allow, counted from their first passage, or colder than the
     * eviction heat. Takes time linear in the number of evicted anchors, so the method may be called often.
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
