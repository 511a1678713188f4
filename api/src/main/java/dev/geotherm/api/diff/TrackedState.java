package dev.geotherm.api.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.DeltaException;
import java.util.function.Consumer;

/**
 * A state with revisions: each commit creates the next revision and the delta that leads to it.
 *
 * <p>Thread-safe. Commits are serialized; readers only see complete revisions.
 */
public interface TrackedState extends AutoCloseable {

    /** Returns the name under which the state was opened. */
    String name();

    /** Returns the newest revision; the initial state is revision 0. */
    long revision();

    /** Returns the state at the newest revision; later commits do not change the snapshot. */
    StateSnapshot snapshot();

    /**
     * Commits a set of edits as one revision, in time proportional to the edits.
     *
     * <p>All or nothing: if the edits throw, or an edit does not apply to the state, nothing changes and the exception
     * propagates to the caller. Edits without effect create no revision.
     *
     * @param edits called once, by the calling thread, before this method returns; it must not keep the editor
     * @return the delta to the new revision, or an empty delta at the current revision if the edits had no effect
     * @throws DeltaException if an edit does not apply
     * @throws IllegalStateException if this state is closed
     */
    RevisionDelta edit(Consumer<StateEditor> edits);

    /**
     * Commits a whole new state as one revision; the changes are found by comparison.
     *
     * @return the same as for {@link #edit}
     * @throws IllegalArgumentException if the state contains values that JSON cannot represent or its parsers refuse,
     *     such as NaN or a member name with an unpaired surrogate
     * @throws IllegalStateException if this state is closed
     */
    RevisionDelta commit(JsonNode next);

    /**
     * Returns the update from the given revision to the newest one: a delta composed from the history, or the newest
     * snapshot if the history, which is limited by number, size and age, does not reach back to that revision.
     *
     * @throws IllegalArgumentException if the revision is negative or newer than the newest
     */
    StateUpdate since(long revision);

    /**
     * Subscribes to every revision from now on, in order and without gaps, beginning with the newest snapshot.
     *
     * <p>The subscriber is called by one thread at a time, with no lock held. The writer never waits for subscribers,
     * and the cost of a commit does not depend on their number. Memory for a slow subscriber is bounded: if it falls
     * behind, it receives the missed deltas composed into one, or a snapshot if that is smaller or the deltas are no
     * longer in the history. It delays other subscribers only briefly. Exceptions of a subscriber are logged, and it
     * stays subscribed.
     *
     * @return the subscription; closing it ends it
     */
    Subscription subscribe(StateSubscriber subscriber);

    /**
     * Refuses further commits, ends each subscription once it has received all committed revisions, and releases the
     * name. Idempotent.
     */
    @Override
    void close();

    /** A subscription. */
    interface Subscription extends AutoCloseable {
        /** Ends the subscription. Idempotent. */
        @Override
        void close();
    }
}
