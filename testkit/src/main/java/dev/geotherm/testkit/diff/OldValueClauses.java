package dev.geotherm.testkit.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.delta.DeltaException;
import dev.geotherm.delta.StateDelta;
import dev.geotherm.testkit.RandomCases;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clauses about recorded old values. */
abstract class OldValueClauses extends DifferClauses {
    private static final int CASES = 300;

    OldValueClauses(DifferFixture fixture) {
        super(fixture);
    }

    @Test
    void reversible_offRecordsNoOldValues() {
        require(DifferCapability.REVERSIBLE);
        StateDiffer differ = shaped(shape -> shape.irreversible().splicingFrom(1));
        RandomCases.run(CASES, random -> {
            JsonNode a = RandomStates.state(random);
            JsonNode b = RandomStates.variant(a, random);
            StateDelta delta = differ.diff(a, b);
            assertSame(delta.applyTo(a), b);
            assertThat(delta.changes())
                    .allSatisfy(change -> assertThat(change.before()).isNull());
        });
    }

    @Test
    void invert_withoutOldValuesIsRefused() {
        require(DifferCapability.REVERSIBLE);
        StateDiffer differ = shaped(DeltaShape::irreversible);
        for (String after : List.of("{}", "{'gone':2}", "{'gone':{}}")) {
            StateDelta delta = differ.diff(json("{'gone':1}"), json(after));
            assertThatExceptionOfType(DeltaException.class)
                    .isThrownBy(delta::invert)
                    .withMessageContaining("change 0")
                    .withMessageContaining("'" + delta.changes().get(0).path() + "'");
        }
    }
}
