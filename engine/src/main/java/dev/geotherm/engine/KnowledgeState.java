package dev.geotherm.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.diff.StateSubscriber;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.api.diff.TrackedState;
import java.util.function.Consumer;

/**
 * The tracked state of the anchors, with the revisions of the delta log, which continue across processes. Only the anchor
 * store changes the state.
 *
 * @param state the state of the anchor store, with revisions that start at 0
 * @param offset the number to add to these revisions
 */
record KnowledgeState(TrackedState state, long offset) implements TrackedState {

    @Override
    public String name() {
        return state.name();
    }

    @Override
    public long revision() {
        return state.revision() + offset;
    }

    @Override
    public StateSnapshot snapshot() {
        return moved(state.snapshot());
    }

    @Override
    public RevisionDelta edit(Consumer<StateEditor> edits) {
        throw readOnly();
    }

    @Override
    public RevisionDelta commit(JsonNode next) {
        throw readOnly();
    }

    private static UnsupportedOperationException readOnly() {
        return new UnsupportedOperationException("only the anchor store changes the state of the knowledge");
    }

    @Override
    public StateUpdate since(long revision) {
        if (revision < 0 || revision > revision()) {
            throw new IllegalArgumentException(
                    "there is no revision " + revision + "; the newest one is " + revision());
        }
        return revision < offset ? snapshot() : moved(state.since(revision - offset));
    }

    @Override
    public Subscription subscribe(StateSubscriber subscriber) {
        return state.subscribe(update -> subscriber.onUpdate(moved(update)));
    }

    private StateUpdate moved(StateUpdate update) {
        if (update instanceof RevisionDelta delta) {
            return new RevisionDelta(
                    delta.base() + offset, delta.revision() + offset, delta.at(), delta.fingerprint(), delta.delta());
        }
        return moved((StateSnapshot) update);
    }

    private StateSnapshot moved(StateSnapshot snapshot) {
        return offset == 0
                ? snapshot
                : StateSnapshot.of(
                        snapshot.revision() + offset, snapshot.at(), snapshot.fingerprint(), snapshot.toJson());
    }

    /** Does nothing, because the state belongs to the anchor store. */
    @Override
    public void close() {}
}
