package dev.geotherm.testkit.diff;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.diff.TrackedState;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.testkit.RandomCases;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Clauses about deltas that are applied, that follow one another, or that are of one state. */
abstract class ComposingClauses extends ShapingClauses {
    private static final int CASES = 300;
    private static final int EDITS = 6;

    ComposingClauses() {}

    /** {@link StateDelta#compose}. */
    @Nested
    class Composing {

        @Test
        void twoDeltasAsOneHaveTheEffectOfBoth() {
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
        void theDeltasOfManyEditsAsOneHaveTheEffectOfAll() {
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
        void whatIsTakenBackLeavesNothing() {
            StateDiffer differ = differ();
            JsonNode a = json("{'a':1,'b':{'c':[1,2]},'d':'x'}");
            JsonNode b = json("{'a':2,'b':{'c':[1,2,3]},'e':{'f':1}}");
            StateDelta there = differ.diff(a, b);
            assertThat(StateDelta.compose(there, there.invert()).changes()).isEmpty();
        }
    }

    /** {@link StateDelta#applyTo} and {@link StateDelta#applyInPlace} of what a differ finds. */
    @Nested
    class Applying {

        @Test
        void aDeltaForAnotherStateIsRefusedAndTheChangeIsNamed() {
            StateDelta delta = differ().diff(json("{'a':[1],'b':{'c':1}}"), json("{'a':[1,2],'b':{'c':2}}"));
            assertThat(delta.changes()).hasSize(2);
            JsonNode other = json("{'a':[1],'b':{'c':3}}");
            for (UnaryOperator<JsonNode> apply :
                    List.<UnaryOperator<JsonNode>>of(delta::applyTo, delta::applyInPlace)) {
                assertThatExceptionOfType(DeltaException.class)
                        .isThrownBy(() -> apply.apply(other))
                        .withMessageContaining("change 1 (MODIFIED at '/b/c')");
                assertSame(other, json("{'a':[1],'b':{'c':3}}"));
            }
        }

        @Test
        void allChangesAreMadeOrNone() {
            StateDiffer differ = differ();
            int[] refused = new int[1];
            RandomCases.run(CASES, random -> {
                JsonNode a = JsonNodeFactory.instance.objectNode().set("state", RandomStates.state(random));
                JsonNode b = RandomStates.variant(a, random);
                StateDelta delta = differ.diff(a, b);
                assertSame(delta.applyInPlace(a.deepCopy()), b);
                JsonNode other = RandomStates.variant(a, random);
                JsonNode touched = other.deepCopy();
                try {
                    JsonNode result = delta.applyTo(other);
                    assertSame(delta.applyInPlace(touched), result);
                } catch (DeltaException misfit) {
                    refused[0]++;
                    assertThat(misfit).hasMessageMatching("(?s)change \\d+ \\(.*");
                    assertThatExceptionOfType(DeltaException.class).isThrownBy(() -> delta.applyInPlace(touched));
                    assertSame(touched, other);
                }
            });
            assertThat(refused[0]).isPositive();
        }
    }

    /** {@link StateDelta#conflicts} and {@link StateDelta#rebaseOver} of what a differ finds. */
    @Nested
    class Rebasing {

        @Test
        void changesOfDifferentMembersDoNotConflict() {
            StateDiffer differ = differ();
            JsonNode base = json("{'a':1,'b':{'c':1,'d':1}}");
            StateDelta first = differ.diff(base, json("{'a':2,'b':{'c':2,'d':1},'e':1}"));
            StateDelta second = differ.diff(base, json("{'a':1,'b':{'c':1,'d':3},'f':1}"));
            assertThat(StateDelta.conflicts(first, second, base)).isEmpty();
            assertSame(
                    second.rebaseOver(first, base).applyTo(first.applyTo(base)),
                    json("{'a':2,'b':{'c':2,'d':3},'e':1,'f':1}"));
        }

        @Test
        void changesOfOneValueConflict() {
            StateDiffer differ = differ();
            JsonNode base = json("{'a':1,'b':1}");
            StateDelta first = differ.diff(base, json("{'a':2,'b':1}"));
            StateDelta second = differ.diff(base, json("{'a':3,'b':2}"));
            assertThat(StateDelta.conflicts(first, second, base))
                    .singleElement()
                    .satisfies(conflict -> assertThat(conflict.first().path() + " "
                                    + conflict.second().path())
                            .isEqualTo("/a /a"));
            assertThatExceptionOfType(DeltaException.class)
                    .isThrownBy(() -> second.rebaseOver(first, base))
                    .withMessageContaining("'/a'");
        }

        @Test
        void deltasWithoutConflictGiveOneStateInEitherOrder() {
            StateDiffer differ = differ();
            int[] compatible = new int[1];
            RandomCases.run(CASES, random -> {
                JsonNode base = JsonNodeFactory.instance.objectNode().set("rebased", RandomStates.state(random));
                JsonNode x = JsonNodeFactory.instance
                        .objectNode()
                        .set("rebased", RandomStates.variant(base.get("rebased"), random));
                JsonNode y = RandomStates.variant(base, random);
                StateDelta first = differ.diff(base, x);
                StateDelta second = differ.diff(base, y);
                boolean bothChange = !first.isEmpty() && !second.isEmpty() && !JsonEquality.same(x, y);
                if (bothChange && StateDelta.conflicts(first, second, base).isEmpty()) {
                    compatible[0]++;
                    JsonNode one = second.rebaseOver(first, base).applyTo(x);
                    // Of what both put at one index of an array, that of the delta that is there comes first.
                    if (!isPut(first, x) || !isPut(second, y)) {
                        assertSame(first.rebaseOver(second, base).applyTo(y), one);
                    }
                }
            });
            assertThat(compatible[0]).isPositive();
        }

        /** Returns whether a delta puts an element into an array. */
        private boolean isPut(StateDelta delta, JsonNode after) {
            return delta.changes().stream()
                    .filter(change -> change.kind() == ChangeKind.ADDED || change.kind() == ChangeKind.MOVED)
                    .anyMatch(change -> !(requireNonNull(change.path().parent()).in(after) instanceof ObjectNode));
        }
    }
}
