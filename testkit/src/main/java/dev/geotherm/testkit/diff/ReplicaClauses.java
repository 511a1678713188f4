package dev.geotherm.testkit.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.StateReplica;
import dev.geotherm.api.diff.StateReplica.Outcome;
import dev.geotherm.api.diff.StateSnapshot;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.delta.Change;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.Pointer;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.delta.TextSplice;
import dev.geotherm.testkit.RandomCases;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clauses about {@link StateDiffer#replica}. */
abstract class ReplicaClauses extends DifferClauses {
    private static final int CASES = 30;

    ReplicaClauses(DifferFixture fixture) {
        super(fixture);
    }

    private StateReplica started(StateDiffer differ, TrackedState state) {
        StateReplica replica = differ.replica();
        assertThat(replica.apply(state.snapshot())).isEqualTo(Outcome.APPLIED);
        return replica;
    }

    private void assertFollows(StateReplica replica, TrackedState state) {
        assertThat(replica.needsSnapshot()).isFalse();
        assertThat(replica.revision()).isEqualTo(state.revision());
        assertThat(replica.snapshot().fingerprint()).isEqualTo(state.snapshot().fingerprint());
        assertSame(replica.snapshot().toJson(), state.snapshot().toJson());
    }

    @Test
    void replica_hasNoStateBeforeItsFirstSnapshot() {
        StateDiffer differ = differ();
        TrackedState state = differ.track(json("{}"));
        StateReplica replica = differ.replica();
        assertThat(replica.revision()).isEqualTo(-1);
        assertThat(replica.needsSnapshot()).isTrue();
        assertThatIllegalStateException().isThrownBy(replica::snapshot);
        assertThat(replica.apply(set(state, "/a", 1))).isEqualTo(Outcome.GAP);
        assertThat(replica.revision()).isEqualTo(-1);
    }

    @Test
    void apply_followsEveryRevision() {
        StateDiffer differ = differ();
        RandomCases.run(CASES, random -> {
            TrackedState state = differ.track(json("{'list':[1,2],'map':{}}"));
            StateReplica replica = started(differ, state);
            for (int i = 0; i < 8; i++) {
                JsonNode next = RandomStates.variant(state.snapshot().toJson(), random);
                RevisionDelta delta =
                        i % 3 == 2 ? state.commit(next) : state.edit(editor -> RandomEdits.make(editor, random, 6));
                assertThat(replica.apply(delta)).isEqualTo(delta.delta().isEmpty() ? Outcome.KNOWN : Outcome.APPLIED);
                assertFollows(replica, state);
            }
        });
    }

    @Test
    void apply_followsComposedDeltas() {
        StateDiffer differ = differ();
        RandomCases.run(CASES, random -> {
            TrackedState state = differ.track(json("{'list':[1,2],'map':{}}"));
            StateReplica replica = started(differ, state);
            for (int i = 0; i < 5; i++) {
                state.edit(editor -> RandomEdits.make(editor, random, 5));
            }
            replica.apply(state.since(0));
            assertFollows(replica, state);
        });
    }

    @Test
    void apply_missedDeltaIsAGapUntilItIsMadeUp() {
        StateDiffer differ = differ();
        TrackedState state = differ.track(json("{}"));
        StateReplica replica = started(differ, state);
        RevisionDelta missed = set(state, "/a", 1);
        RevisionDelta second = set(state, "/b", 2);
        assertThat(replica.apply(second)).isEqualTo(Outcome.GAP);
        assertThat(replica.needsSnapshot()).isFalse();
        assertThat(replica.revision()).isZero();
        assertSame(replica.snapshot().toJson(), json("{}"));
        assertThat(replica.apply(missed)).isEqualTo(Outcome.APPLIED);
        assertThat(replica.apply(second)).isEqualTo(Outcome.APPLIED);
        assertFollows(replica, state);
        set(state, "/c", 3);
        assertThat(replica.apply(set(state, "/d", 4))).isEqualTo(Outcome.GAP);
        assertThat(replica.apply(state.since(replica.revision()))).isEqualTo(Outcome.APPLIED);
        assertFollows(replica, state);
        set(state, "/e", 5);
        assertThat(replica.apply(set(state, "/f", 6))).isEqualTo(Outcome.GAP);
        assertThat(replica.apply(state.snapshot())).isEqualTo(Outcome.APPLIED);
        assertFollows(replica, state);
    }

    @Test
    void apply_wrongFingerprintIsADivergence() {
        StateDiffer differ = differ();
        TrackedState state = differ.track(json("{'a':0}"));
        StateReplica replica = started(differ, state);
        RevisionDelta delta = set(state, "/a", 1);
        Change tampered = Change.replaced(ChangeKind.MODIFIED, path("/a"), IntNode.valueOf(0), IntNode.valueOf(2), 1);
        RevisionDelta wrong =
                new RevisionDelta(0, 1, delta.at(), delta.fingerprint(), new StateDelta(List.of(tampered)));
        assertThat(replica.apply(wrong)).isEqualTo(Outcome.DIVERGED);
        assertThat(replica.needsSnapshot()).isTrue();
        assertSame(replica.snapshot().toJson(), json("{'a':0}"));
        assertThat(replica.apply(delta)).isEqualTo(Outcome.GAP);
        StateSnapshot other = StateSnapshot.of(1, delta.at(), delta.fingerprint(), json("{'a':2}"));
        assertThat(replica.apply(other)).isEqualTo(Outcome.DIVERGED);
        assertThat(replica.apply(state.snapshot())).isEqualTo(Outcome.APPLIED);
        assertFollows(replica, state);
    }

    @Test
    void apply_misfitIsADivergence() {
        StateDiffer differ = differ();
        TrackedState state = differ.track(json("{'a':0}"));
        StateSnapshot first = state.snapshot();
        RevisionDelta delta = set(state, "/a", 1);
        for (Change misfit : List.of(
                Change.removed(path("/x/y"), null),
                Change.removed(Pointer.ROOT, null),
                Change.moved(Pointer.ROOT, path("/x")),
                Change.moved(path("/a"), Pointer.ROOT),
                Change.moved(path("/a"), path("/a/b")),
                Change.added(Pointer.ROOT, json("1")),
                Change.added(path("/a"), json("1")),
                Change.spliced(path("/a"), null, new TextSplice(0, 1, ""), 1))) {
            StateReplica replica = differ.replica();
            assertThat(replica.apply(first)).isEqualTo(Outcome.APPLIED);
            StateDelta wrong = new StateDelta(List.of(misfit));
            assertThat(replica.apply(new RevisionDelta(0, 1, delta.at(), delta.fingerprint(), wrong)))
                    .as(misfit.toString())
                    .isEqualTo(Outcome.DIVERGED);
            assertSame(replica.snapshot().toJson(), json("{'a':0}"));
        }
    }

    @Test
    void apply_knownRevisionChangesNothing() {
        StateDiffer differ = differ();
        TrackedState state = differ.track(json("{'l':[]}"));
        StateReplica replica = started(differ, state);
        StateSnapshot first = state.snapshot();
        RevisionDelta delta = state.edit(editor -> editor.insert(path("/l/0"), json("1")));
        assertThat(replica.apply(delta)).isEqualTo(Outcome.APPLIED);
        assertThat(replica.apply(delta)).isEqualTo(Outcome.KNOWN);
        assertThat(replica.apply(first)).isEqualTo(Outcome.KNOWN);
        assertFollows(replica, state);
    }

    @Test
    void apply_snapshotFromTheWireStartsTheReplica() {
        StateDiffer differ = differ();
        TrackedState state = differ.track(json("{'a':[1,{'b':2}]}"));
        StateSnapshot sent = state.snapshot();
        StateReplica replica = differ.replica();
        assertThat(replica.apply(StateSnapshot.of(
                        sent.revision(),
                        sent.at(),
                        sent.fingerprint(),
                        sent.toJson().deepCopy())))
                .isEqualTo(Outcome.APPLIED);
        assertFollows(replica, state);
        assertThat(replica.apply(set(state, "/a/1/b", 3))).isEqualTo(Outcome.APPLIED);
        assertFollows(replica, state);
    }
}
