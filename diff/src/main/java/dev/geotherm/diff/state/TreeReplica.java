package dev.geotherm.diff.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.FailureLog;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateReplica;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.delta.DeltaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replica that keeps its state as a persistent tree, so that the cost of applying and verifying a delta depends only
 * on its changes.
 */
public final class TreeReplica implements StateReplica {
    private static final Logger LOG = LoggerFactory.getLogger(TreeReplica.class);

    private final FailureLog divergences = new FailureLog("a replica needs a snapshot", LOG::warn);
    private volatile @Nullable TreeSnapshot newest;
    private volatile boolean needsSnapshot = true;

    @Override
    public synchronized Outcome apply(StateUpdate update) {
        TreeSnapshot known = newest;
        if (known != null && !needsSnapshot && update.revision() <= known.revision()) {
            return Outcome.KNOWN;
        }
        Outcome outcome;
        if (update instanceof RevisionDelta delta) {
            outcome = known != null && !needsSnapshot && delta.base() == known.revision()
                    ? follow(known, delta)
                    : Outcome.GAP;
        } else {
            outcome = start((StateSnapshot) update);
        }
        if (outcome != Outcome.GAP) { // a gap does not affect the last revision
            needsSnapshot = outcome != Outcome.APPLIED;
        }
        return outcome;
    }

    private Outcome follow(TreeSnapshot known, RevisionDelta delta) {
        TreeEditor editor = new TreeEditor(known.root());
        try {
            delta.delta().changes().forEach(editor::replay);
        } catch (DeltaException misfit) {
            divergences.failed(new DeltaException(
                    "the delta to revision " + delta.revision() + " does not fit: " + misfit.getMessage(), misfit));
            return Outcome.DIVERGED;
        }
        return take(TreeSnapshot.of(delta.revision(), delta.at(), editor.close()), delta);
    }

    private Outcome start(StateSnapshot snapshot) {
        Object root = snapshot instanceof TreeSnapshot tree ? tree.root() : grown(snapshot.toJson());
        return take(TreeSnapshot.of(snapshot.revision(), snapshot.at(), root), snapshot);
    }

    private static Object grown(JsonNode state) {
        return TreeBuilder.of(state, new Object());
    }

    private Outcome take(TreeSnapshot next, StateUpdate update) {
        if (!next.fingerprint().equals(update.fingerprint())) {
            divergences.failed(new DeltaException("revision " + next.revision() + " has fingerprint "
                    + next.fingerprint() + ", expected " + update.fingerprint()));
            return Outcome.DIVERGED;
        }
        newest = next;
        divergences.succeeded();
        return Outcome.APPLIED;
    }

    @Override
    public boolean needsSnapshot() {
        return needsSnapshot;
    }

    @Override
    public long revision() {
        TreeSnapshot known = newest;
        return known == null ? -1 : known.revision();
    }

    @Override
    public StateSnapshot snapshot() {
        TreeSnapshot known = newest;
        if (known == null) {
            throw new IllegalStateException("a replica has no state before its first snapshot");
        }
        return known;
    }
}
