package dev.geotherm.testkit.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.testkit.RandomCases;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Clauses about {@link StateDelta#applyTo} and {@link StateDelta#applyInPlace} for a differ's deltas. */
abstract class ApplyClauses extends DifferClauses {
    private static final int CASES = 300;

    ApplyClauses(DifferFixture fixture) {
        super(fixture);
    }

    @Test
    void applyTo_anotherStateIsRefusedWithTheChange() {
        StateDelta delta = differ().diff(json("{'a':[1],'b':{'c':1}}"), json("{'a':[1,2],'b':{'c':2}}"));
        boolean details = fixture.has(DifferCapability.DETAILS);
        assertThat(delta.changes()).hasSize(details ? 2 : 1);
        JsonNode other = json("{'a':[1],'b':{'c':3}}");
        for (UnaryOperator<JsonNode> apply : List.<UnaryOperator<JsonNode>>of(delta::applyTo, delta::applyInPlace)) {
            assertThatExceptionOfType(DeltaException.class)
                    .isThrownBy(() -> apply.apply(other))
                    .withMessageContaining(
                            details ? "change 1 (MODIFIED at '/b/c')" : "change 0 (OBJECT_MODIFIED at '')");
            assertSame(other, json("{'a':[1],'b':{'c':3}}"));
        }
    }

    @Test
    void applyInPlace_isAllOrNothing() {
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
