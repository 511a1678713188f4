package dev.geotherm.testkit.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.diff.RevisionDelta;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.testkit.RandomCases;
import org.junit.jupiter.api.Test;

/** Clauses about {@link TrackedState#commit}. */
abstract class CommitClauses extends DifferClauses {
    private static final int CASES = 60;

    CommitClauses(DifferFixture fixture) {
        super(fixture);
    }

    @Test
    void commit_makesTheNextRevision() {
        StateDiffer differ = differ();
        RandomCases.run(CASES, random -> {
            JsonNode a = RandomStates.state(random);
            JsonNode b = RandomStates.variant(a, random);
            TrackedState state = differ.track(a);
            RevisionDelta delta = state.commit(b);
            assertSame(delta.delta().applyTo(a), b);
            assertSame(state.snapshot().toJson(), b);
            assertThat(delta.fingerprint()).isEqualTo(differ.fingerprint(b));
            assertThat(delta.revision()).isEqualTo(differ.diff(a, b).isEmpty() ? 0 : 1);
        });
    }

    @Test
    void commit_ofAnEqualStateMakesNoRevision() {
        TrackedState state = track("{'a':[1]}");
        assertThat(state.commit(json("{'a':[1]}")).delta().isEmpty()).isTrue();
        assertThat(state.revision()).isZero();
    }

    @Test
    void commit_copiesTheState() {
        TrackedState state = track("{}");
        ObjectNode next = (ObjectNode) json("{'a':{'b':1}}");
        state.commit(next);
        next.withObjectProperty("a").put("b", 2);
        assertSame(state.snapshot().toJson(), json("{'a':{'b':1}}"));
    }
}
