package dev.geotherm.testkit.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.testkit.RandomCases;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clauses about numbers compared by value. */
abstract class NumberClauses extends DifferClauses {
    private static final int CASES = 300;

    NumberClauses(DifferFixture fixture) {
        super(fixture);
    }

    private StateDiffer byValue() {
        require(DifferCapability.NUMBERS_BY_VALUE);
        return shaped(DeltaShape::byValue);
    }

    @Test
    void numbersByValue_equalValuesAreEqual() {
        StateDiffer differ = byValue();
        List<List<JsonNode>> alike = List.of(
                List.of(json("1"), json("1.0"), json("1e0"), DecimalNode.valueOf(new BigDecimal("1.00"))),
                List.of(json("100"), json("1e2"), DecimalNode.valueOf(new BigDecimal("1e2"))),
                List.of(json("0"), json("0.0"), DoubleNode.valueOf(-0.0)));
        for (List<JsonNode> numbers : alike) {
            for (JsonNode a : numbers) {
                for (JsonNode b : numbers) {
                    JsonNode before =
                            JsonNodeFactory.instance.arrayNode().add(a).add("x");
                    JsonNode after = JsonNodeFactory.instance.arrayNode().add(b).add("x");
                    assertThat(differ.diff(before, after).changes())
                            .as(a + " and " + b)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void numbersByValue_otherValuesDiffer() {
        StateDiffer differ = byValue();
        assertThat(differ.diff(json("1"), json("1.5")).changes()).hasSize(1);
        assertThat(differ.diff(json("9007199254740993"), json("9007199254740992"))
                        .changes())
                .hasSize(1);
        assertThat(differ.diff(json("1"), json("'1'")).changes()).hasSize(1);
        RandomCases.run(CASES, random -> {
            JsonNode a = RandomStates.state(random);
            JsonNode b = RandomStates.variant(a, random);
            StateDelta delta = differ.diff(a, b);
            assertThat(JsonEquality.sameByValue(delta.applyTo(a), b)).isTrue();
            assertThat(delta.isEmpty()).isEqualTo(JsonEquality.sameByValue(a, b));
        });
    }

    @Test
    void numbersByValue_keepsTheNewRepresentation() {
        assertSame(
                byValue().diff(json("{'a':1,'b':1}"), json("{'a':2.0,'b':1.0}")).applyTo(json("{'a':1}")),
                json("{'a':2.0}"));
    }
}
