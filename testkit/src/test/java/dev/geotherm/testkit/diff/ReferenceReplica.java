package dev.geotherm.testkit.diff;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateReplica;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.diff.StateUpdate;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.Fingerprint;
import java.time.Instant;
import java.util.List;

/** A replica that hashes the whole state after each update. */
class ReferenceReplica implements StateReplica {
    private StateSnapshot newest;
    private boolean needsSnapshot = true;

    @Override
    public synchronized Outcome apply(StateUpdate update) {
        if (!needsSnapshot && update.revision() <= newest.revision()) {
            return Outcome.KNOWN;
        }
        Outcome outcome = take(update);
        if (outcome != Outcome.GAP) {
            needsSnapshot = outcome != Outcome.APPLIED;
        }
        return outcome;
    }

    private Outcome take(StateUpdate update) {
        JsonNode next;
        Instant at;
        if (update instanceof RevisionDelta delta) {
            if (needsSnapshot || !follows(delta)) {
                return Outcome.GAP;
            }
            at = delta.at();
            try {
                next = delta.delta().applyTo(newest.toJson());
            } catch (DeltaException misfit) {
                return Outcome.DIVERGED;
            }
        } else {
            at = ((StateSnapshot) update).at();
            next = ((StateSnapshot) update).toJson();
        }
        if (next.isMissingNode() || !isExpected(ReferenceHash.of(next, List.of()), update)) {
            return Outcome.DIVERGED;
        }
        newest = StateSnapshot.of(update.revision(), at, update.fingerprint(), next);
        return Outcome.APPLIED;
    }

    boolean follows(RevisionDelta delta) {
        return delta.base() == newest.revision();
    }

    boolean isExpected(Fingerprint found, StateUpdate update) {
        return found.equals(update.fingerprint());
    }

    @Override
    public synchronized boolean needsSnapshot() {
        return needsSnapshot;
    }

    @Override
    public synchronized long revision() {
        return newest == null ? -1 : newest.revision();
    }

    @Override
    public synchronized StateSnapshot snapshot() {
        if (newest == null) {
            throw new IllegalStateException("nothing yet");
        }
        return newest;
    }
}
