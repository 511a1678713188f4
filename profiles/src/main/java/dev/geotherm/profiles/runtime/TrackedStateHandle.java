package dev.geotherm.profiles.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateEditor;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.diff.StateSubscriber;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.api.diff.TrackedState;
import java.util.function.Consumer;

/** The handle of a tracked state. */
final class TrackedStateHandle implements TrackedState {
    private volatile TrackedState target;

    TrackedStateHandle(TrackedState target) {
        this.target = target;
    }

    @Override
    public String name() {
        return target.name();
    }

    @Override
    public long revision() {
        return target.revision();
    }

    @Override
    public StateSnapshot snapshot() {
        return target.snapshot();
    }

    @Override
    public RevisionDelta edit(Consumer<StateEditor> edits) {
        return target.edit(edits);
    }

    @Override
    public RevisionDelta commit(JsonNode next) {
        return target.commit(next);
    }

    @Override
    public StateUpdate since(long revision) {
        return target.since(revision);
    }

    @Override
    public Subscription subscribe(StateSubscriber subscriber) {
        return target.subscribe(subscriber);
    }

    @Override
    public void close() {
        target.close();
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
