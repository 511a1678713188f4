package dev.geotherm.diff.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateReplica;
import dev.geotherm.api.diff.StateReplica.Outcome;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.delta.Pointer;
import dev.geotherm.diff.TestSettings;
import dev.geotherm.diff.TreeDiffer;
import org.junit.jupiter.api.Test;

/** The outcomes of updates for a replica of {@code tree} that needs a snapshot. */
class TreeReplicaTest {

    private static RevisionDelta set(TrackedState state, int value) {
        return state.edit(editor -> editor.set(Pointer.ROOT, IntNode.valueOf(value)));
    }

    @Test
    void apply_snapshotOfTheKnownRevisionEndsTheNeedForOne() {
        try (TreeDiffer differ =
                new TreeDiffer(TestSettings.with("cacheSize", "10"), ComponentContext.standalone("replica"))) {
            TrackedState state = differ.track(IntNode.valueOf(0));
            StateReplica replica = differ.replica();
            assertThat(replica.apply(state.snapshot())).isEqualTo(Outcome.APPLIED);
            RevisionDelta first = set(state, 1);
            StateSnapshot known = state.snapshot();
            assertThat(replica.apply(first)).isEqualTo(Outcome.APPLIED);
            assertThat(replica.apply(known)).isEqualTo(Outcome.KNOWN);
            RevisionDelta second = set(state, 2);
            assertThat(replica.apply(StateSnapshot.of(2, second.at(), first.fingerprint(), IntNode.valueOf(2))))
                    .isEqualTo(Outcome.DIVERGED);
            assertThat(replica.apply(first)).isEqualTo(Outcome.GAP);
            assertThat(replica.needsSnapshot()).isTrue();
            assertThat(replica.apply(known)).isEqualTo(Outcome.APPLIED);
            assertThat(replica.needsSnapshot()).isFalse();
            assertThat(replica.apply(first)).isEqualTo(Outcome.KNOWN);
        }
    }
}
