package dev.geotherm.testkit.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.delta.Fingerprint;
import dev.geotherm.delta.JsonEquality;
import dev.geotherm.testkit.RandomCases;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Clauses about {@link StateDiffer#fingerprint}. */
abstract class FingerprintClauses extends DifferClauses {
    private static final int CASES = 300;

    FingerprintClauses(DifferFixture fixture) {
        super(fixture);
    }

    @Test
    void fingerprint_ignoresTheOrderOfMembers() {
        StateDiffer differ = differ();
        RandomCases.run(CASES, random -> {
            JsonNode a = RandomStates.state(random);
            assertThat(differ.fingerprint(RandomStates.shuffled(a, random))).isEqualTo(differ.fingerprint(a));
        });
    }

    @Test
    void fingerprint_differsForDifferentStates() {
        StateDiffer differ = differ();
        RandomCases.run(CASES, random -> {
            JsonNode a = RandomStates.state(random);
            JsonNode b = RandomStates.variant(a, random);
            assertThat(differ.fingerprint(a).equals(differ.fingerprint(b))).isEqualTo(JsonEquality.same(a, b));
        });
    }

    @Test
    void fingerprint_differsForSimilarStates() {
        StateDiffer differ = differ();
        List<JsonNode> states = Stream.of(
                        "null",
                        "false",
                        "0",
                        "0.0",
                        "''",
                        "'0'",
                        "{}",
                        "[]",
                        "[[]]",
                        "[{}]",
                        "[null]",
                        "{'0':null}",
                        "['a','b']",
                        "['b','a']",
                        "{'a':'b'}",
                        "{'b':'a'}",
                        "{'a':{},'b':1}",
                        "{'a':{'b':1}}",
                        "{'':1}",
                        "{'a/b':1}",
                        "{'a~1b':1}",
                        "[1,[2]]",
                        "[[1],2]",
                        "[0,0]",
                        "[0]")
                .map(DifferClauses::json)
                .toList();
        Set<Fingerprint> fingerprints = new HashSet<>();
        states.forEach(state -> fingerprints.add(differ.fingerprint(state)));
        assertThat(fingerprints).hasSameSizeAs(states);
    }

    @Test
    void fingerprint_ignoresTheJavaTypeOfNumbers() {
        StateDiffer differ = differ();
        assertThat(differ.fingerprint(IntNode.valueOf(7))).isEqualTo(differ.fingerprint(LongNode.valueOf(7)));
        assertThat(differ.fingerprint(DecimalNode.valueOf(new BigDecimal("100"))))
                .isEqualTo(differ.fingerprint(IntNode.valueOf(100)));
        assertThat(differ.fingerprint(FloatNode.valueOf(0.1f))).isEqualTo(differ.fingerprint(DoubleNode.valueOf(0.1)));
        assertThat(differ.fingerprint(DecimalNode.valueOf(new BigDecimal("2.0E+23"))))
                .isEqualTo(differ.fingerprint(DoubleNode.valueOf(Double.parseDouble("2e23"))));
    }

    @Test
    void fingerprint_hashesThousandsOfLevels() {
        StateDiffer differ = differ();
        assertThat(differ.fingerprint(RandomStates.nested(5_000, json("1"))))
                .isNotEqualTo(differ.fingerprint(RandomStates.nested(5_000, json("2"))));
    }
}
