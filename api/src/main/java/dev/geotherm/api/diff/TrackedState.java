package dev.geotherm.api.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.delta.DeltaException;
import java.util.function.Consumer;

/**
 * A state with revisions: each commit makes the next revision and the delta that leads there.
 *
 * <p>Any thread may write and read. Commits happen one after another; readers see whole revisions only.
 */
public interface TrackedState extends AutoCloseable {

    /** Returns the newest revision; the initial state is revision 0. */
    long revision();

    /** Returns the newest revision's state, which later commits do not change. */
    StateSnapshot snapshot();

    /**
     * Commits a set of edits as one revision, in time proportional to the edits.
     *
     * <p>All or nothing: when the edits throw, or one of them does not fit the state, nothing is changed and the
     * exception reaches the caller. Edits without effect make no revision.
     *
     * @param edits called once, by the calling thread, before this method returns; it must not keep the editor
     * @return the delta to the new revision, or an empty one at the current revision where there was no effect
     * @throws DeltaException if an edit does not fit
     * @throws IllegalStateException if this state is closed
     */
    RevisionDelta edit(Consumer<StateEditor> edits);

    /**
     * Commits a whole new state as one revision; what changed is found by comparison.
     *
     * @return as {@link #edit} does
     * @throws IllegalArgumentException if there is something in it that JSON has not or its readers refuse, such as a NaN or a
     *     name with half a surrogate pair
     * @throws IllegalStateException if this state is closed
     */
    RevisionDelta commit(JsonNode next);

    /**
     * Returns how somebody who has the given revision gets to the newest one: by a delta composed from history, or, when
     * history does not reach back so far in number, size or age, by the newest snapshot.
     *
     * @throws IllegalArgumentException if the revision is negative or not made yet
     */
    StateUpdate since(long revision);

    /**
     * Has a subscriber called with each revision from now on, first with the newest snapshot, in order, without a gap.
     *
     * <p>Calls come from one thread at a time, outside of every lock. The writer waits for nobody, and does the same for a
     * commit however many there are; what they do takes its share of the machine. What waits for a subscriber is bounded:
     * one that falls behind gets the deltas it has missed in one, or a snapshot where that is smaller, they are forgotten or
     * cannot be made one; the others do not wait for it longer than a moment. A subscriber that throws is logged and keeps
     * its subscription.
     *
     * @return closes the subscription; idempotent
     */
    Subscription subscribe(StateSubscriber subscriber);

    /** Refuses further commits and ends every subscription, once what was committed has been delivered. Idempotent. */
    @Override
    void close();

    /** Ends one subscription. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
