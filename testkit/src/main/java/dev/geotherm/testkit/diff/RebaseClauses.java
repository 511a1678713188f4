package dev.geotherm.testkit.diff;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.delta.ChangeKind;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.testkit.RandomCases;
import org.junit.jupiter.api.Test;

/** Clauses about {@link StateDelta#conflicts} and {@link StateDelta#rebaseOver} for a differ's deltas. */
abstract class RebaseClauses extends DifferClauses {
    private static final int CASES = 300;

    RebaseClauses(DifferFixture fixture) {
        super(fixture);
    }

    @Test
    void conflicts_areNoneForDifferentMembers() {
        require(DifferCapability.DETAILS);
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
    void conflicts_ofOneValueAreFound() {
        StateDiffer differ = differ();
        JsonNode base = json("{'a':1,'b':1}");
        StateDelta first = differ.diff(base, json("{'a':2,'b':1}"));
        StateDelta second = differ.diff(base, json("{'a':3,'b':2}"));
        assertThat(StateDelta.conflicts(first, second, base))
                .singleElement()
                .satisfies(conflict -> assertThat(conflict.first().path() + " "
                                + conflict.second().path())
                        .isEqualTo(fixture.has(DifferCapability.DETAILS) ? "/a /a" : " "));
        assertThatExceptionOfType(DeltaException.class)
                .isThrownBy(() -> second.rebaseOver(first, base))
                .withMessageContaining(fixture.has(DifferCapability.DETAILS) ? "'/a'" : "''");
    }

    @Test
    void rebaseOver_givesTheSameStateInEitherOrder() {
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
                // If both deltas insert at the same array index, the element of the first applied delta comes first.
                if (!isPut(first, x) || !isPut(second, y)) {
                    assertSame(first.rebaseOver(second, base).applyTo(y), one);
                }
            }
        });
        assertThat(compatible[0] > 0).isEqualTo(fixture.has(DifferCapability.DETAILS));
    }

    /** Returns whether a delta inserts an element into an array. */
    private boolean isPut(StateDelta delta, JsonNode after) {
        return delta.changes().stream()
                .filter(change -> change.kind() == ChangeKind.ADDED || change.kind() == ChangeKind.MOVED)
                .anyMatch(change -> !(requireNonNull(change.path().parent()).in(after) instanceof ObjectNode));
    }
}
