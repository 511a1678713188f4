package dev.geotherm.testkit.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.testkit.RandomCases;
import org.junit.jupiter.api.Test;

/** Clauses about {@link StateDelta#compose}. */
abstract class ComposeClauses extends DifferClauses {
    private static final int CASES = 300;
    private static final int EDITS = 6;

    ComposeClauses(DifferFixture fixture) {
        super(fixture);
    }

    @Test
    void compose_hasTheEffectOfBothDeltas() {
        StateDiffer differ = differ();
        RandomCases.run(CASES, random -> {
            JsonNode a = RandomStates.state(random);
            JsonNode b = RandomStates.variant(a, random);
            JsonNode c = RandomStates.variant(b, random);
            StateDelta both = StateDelta.compose(differ.diff(a, b), differ.diff(b, c));
            assertSame(both.applyTo(a), c);
            assertSame(both.invert().applyTo(c), a);
        });
    }

    @Test
    void compose_ofManyEditsHasTheEffectOfAll() {
        StateDiffer differ =
                differ(DifferLimits.usual().withShape(DeltaShape.usual().splicingFrom(1)));
        RandomCases.run(CASES, random -> {
            JsonNode start = json("{'list':[1,2,[3,4],{'a':5}],'map':{'x':{},'y':7}}");
            try (TrackedState state = differ.track(start)) {
                StateDelta all = StateDelta.empty();
                int changes = 0;
                for (int i = 0; i < EDITS; i++) {
                    StateDelta next = state.edit(editor -> RandomEdits.make(editor, random, 4))
                            .delta();
                    changes += next.changes().size();
                    all = StateDelta.compose(all, next);
                    assertSame(all.applyTo(start), state.snapshot().toJson());
                }
                assertThat(all.changes()).hasSizeLessThanOrEqualTo(changes);
                assertSame(all.invert().applyTo(state.snapshot().toJson()), start);
            }
        });
    }

    @Test
    void compose_withTheInverseIsEmpty() {
        StateDiffer differ = differ();
        JsonNode a = json("{'a':1,'b':{'c':[1,2]},'d':'x'}");
        JsonNode b = json("{'a':2,'b':{'c':[1,2,3]},'e':{'f':1}}");
        StateDelta there = differ.diff(a, b);
        assertThat(StateDelta.compose(there, there.invert()).changes()).isEmpty();
    }
}
