package dev.geotherm.api.anchor;

import dev.geotherm.api.GeothermException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An index of passages: it writes, commits and looks up passages, and its {@link #retriever()} searches them.
 *
 * <p>Writes ({@link #index}, {@link #remove}, {@link #assign}) are pending at first. {@link #refresh} makes them
 * visible to searches and look-ups. {@link #commit} makes them durable atomically, together with a marker of the
 * caller; in a temporary index it only sets the marker. Refreshes and commits are independent of each other.
 *
 * <p>Thread-safe: writes are applied one call after another; searches and look-ups see the last completed
 * refresh and never wait for writes. Interrupts do not affect writes. After {@link #close}, every method but {@link #name}
 * and {@link #metrics} throws {@link IllegalStateException}.
 *
 * <p>A write, refresh or commit that fails, for example because the disk is full, throws {@link GeothermException}. The
 * last commit is not affected. The index may then refuse further writes: close it and open its folder again, which
 * restores the last commit.
 */
public interface PassageIndex extends AutoCloseable {

    /** Returns the name under which this index was opened. */
    String name();

    /**
     * Adds passages; each replaces an earlier one with the same id. If a call contains several passages with one id,
     * the last one is kept.
     *
     * @throws IllegalArgumentException if embeddings differ in length, among themselves or from earlier ones, or contain
     *     a number that is not finite; no passage is added then
     */
    void index(Collection<Passage> passages);

    /** Removes passages; unknown ids are ignored. */
    void remove(Collection<String> passageIds);

    /**
     * Changes the anchors of passages, without indexing the passages again; unknown ids are ignored.
     *
     * @param anchors the new anchor by passage id; empty for none
     */
    void assign(Map<String, Optional<AnchorId>> anchors);

    /**
     * Makes everything that was written before this call visible to searches and look-ups that start after it.
     *
     * <p>Cheap enough to be scheduled: if nothing was written since the last call, it does almost nothing and keeps
     * cached answers.
     */
    void refresh();

    /**
     * Makes everything that was written before this call durable, atomically, together with a marker. After a crash at
     * any moment, even of the machine, opening the folder restores the state and marker of this commit or a later one.
     *
     * @param marker a short text of the caller, such as the positions of other logs that belong to this state
     */
    void commit(String marker);

    /** Returns the marker of the last commit, or empty before the first one. */
    Optional<String> marker();

    /**
     * Returns passages by id, with their texts and embeddings: in the order of the ids, repetitions included; unknown
     * ids are omitted. An embedding has length 1; a passage that was indexed with an all-zero embedding has none.
     */
    List<Passage> find(Collection<String> passageIds);

    /**
     * Visits every passage as {@link #find} returns it, in no particular order. The visitor runs on the caller's thread
     * and sees one state of the index, unaffected by concurrent writes; an exception from the visitor ends the visit
     * and propagates to the caller.
     */
    void forEach(Consumer<? super Passage> visitor);

    /** Returns the number of passages that searches see. */
    long size();

    /** Returns the retriever of this index; always the same one. */
    Retriever retriever();

    /**
     * Commits, refreshes, and deletes from the files what they still contain of removed and replaced passages, and of
     * the anchors that passages had before the last {@link #assign}. Concurrent searches can delay the deletion until
     * they end.
     *
     * <p>Rewrites the parts of the index that contain such passages, so it can take as long as indexing them.
     *
     * @param marker as for {@link #commit}
     */
    void expunge(String marker);

    /**
     * Returns whether the settings that determine how words match have changed since the passages were indexed. Until
     * {@link #reindex}, searches analyse words with the earlier settings.
     */
    boolean needsReindexing();

    /**
     * Indexes every passage again with the current settings, then commits and refreshes. A crash before the commit
     * leaves the index unchanged.
     *
     * @param marker as for {@link #commit}
     */
    void reindex(String marker);

    /**
     * Reads every byte of the files of the last refresh and verifies the checksums.
     *
     * @throws GeothermException if a file is damaged; the message names it
     */
    void verify();

    /** Returns the metrics of this index, even after it is closed. */
    PassageIndexMetrics metrics();

    /**
     * Closes the index and discards what is not committed; a temporary index is deleted. Idempotent.
     */
    @Override
    void close();
}
