package dev.geotherm.api.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.DeltaException;
import java.util.function.Consumer;

/**
 * A state with revisions: each commit makes the next revision and the delta that leads to it.
 *
 * <p>Any thread may write and read. Commits are serialized; readers see whole revisions only.
 */
public interface TrackedState extends AutoCloseable {

    /** Returns the name that the state was opened with. */
    String name();

    /** Returns the newest revision; the initial state is revision 0. */
    long revision();

    /** Returns the state at the newest revision; later commits do not change the snapshot. */
    StateSnapshot snapshot();

    /**
     * Commits a set of edits as one revision, in time proportional to the edits.
     *
     * <p>All or nothing: when the edits throw, or an edit does not fit the state, nothing changes and the exception
     * reaches the caller. Edits without effect make no revision.
     *
     * @param edits called once, by the calling thread, before this method returns; it must not keep the editor
     * @return the delta to the new revision, or an empty delta at the current revision if the edits had no effect
     * @throws DeltaException if an edit does not fit
     * @throws IllegalStateException if this state is closed
     */
    RevisionDelta edit(Consumer<StateEditor> edits);

    /**
     * Commits a whole new state as one revision; a comparison finds what changed.
     *
     * @return as {@link #edit} does
     * @throws IllegalArgumentException if the state contains what JSON cannot express or its readers refuse, such as a NaN
     *     or a member name with an unpaired surrogate
     * @throws IllegalStateException if this state is closed
     */
    RevisionDelta commit(JsonNode next);

    /**
     * Returns the update from the given revision to the newest one: a delta composed from the history, or the newest
     * snapshot if the history does not reach back to the revision, by its limits of number, size and age.
     *
     * @throws IllegalArgumentException if the revision is negative or newer than the newest
     */
    StateUpdate since(long revision);

    /**
     * Subscribes to every revision from now on, in order and without a gap, beginning with the newest snapshot.
     *
     * <p>One thread at a time calls the subscriber, outside of every lock. The writer never waits for subscribers, and a
     * commit costs it the same however many there are. The memory for a slow subscriber is bounded: one that falls
     * behind receives the missed deltas as a single one, or a snapshot if that is smaller or the deltas are no longer in
     * the history; it delays others for a moment at most. The exceptions of a subscriber are logged, and it stays
     * subscribed.
     *
     * @return ends the subscription when closed; idempotent
     */
    Subscription subscribe(StateSubscriber subscriber);

    /**
     * Refuses further commits, ends every subscription once it has received what was committed, and releases the name.
     * Idempotent.
     */
    @Override
    void close();

    /** A subscription. */
    interface Subscription extends AutoCloseable {
        /** Ends the subscription. */
        @Override
        void close();
    }
}
