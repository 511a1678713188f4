package dev.geotherm.testkit.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.anchor.PassageIndexes;
import dev.geotherm.testkit.ContractRun;
import dev.geotherm.testkit.PlantedRuns;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A test of the contract of passage indexes: a correct one passes, and each fault fails its clauses and no others. */
final class PassageIndexesContractTest {
    private static volatile IndexFault planted = IndexFault.NONE;

    @Test
    void contract_correctIndexesPass() {
        assertThat(run(IndexFault.NONE).failures()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void contract_faultFailsItsClauses(IndexFault fault) {
        planted = fault;

        ContractRun run = PlantedRuns.failing(Plain.class, fault.clauses);

        assertThat(run.failed()).as(run.toString()).containsExactlyInAnyOrderElementsOf(fault.clauses);
    }

    @Tag("full")
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void contract_faultFailsNoOtherClause(IndexFault fault) {
        ContractRun run = run(fault);

        assertThat(run.failed()).as(run.toString()).containsExactlyInAnyOrderElementsOf(fault.clauses);
    }

    private static ContractRun run(IndexFault fault) {
        planted = fault;
        ContractRun run = fault == IndexFault.NONE
                ? ContractRun.of(Plain.class)
                : PlantedRuns.whole(Plain.class, fault.clauses::equals);
        assertThat(run.skipped()).isEmpty();
        assertThat(run.succeeded() + run.failed().size()).isGreaterThan(60);
        return run;
    }

    static final class Plain extends PassageIndexesContract {
        @Override
        protected PassageIndexes open(ComponentContext context) {
            return new PlainIndexes(planted);
        }
    }
}
