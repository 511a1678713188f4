package dev.geotherm.testkit.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.anchor.Retriever;
import dev.geotherm.testkit.ContractRun;
import dev.geotherm.testkit.PlantedRuns;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A test of the contract of retrievers: a correct one passes, and each fault fails its clauses and no others. */
final class RetrieverContractTest {
    private static volatile RetrieverFault planted = RetrieverFault.NONE;

    @Test
    void contract_correctRetrieverPasses() {
        assertThat(run(RetrieverFault.NONE).failures()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void contract_faultFailsItsClauses(RetrieverFault fault) {
        planted = fault;

        ContractRun run = PlantedRuns.failing(Plain.class, fault.clauses);

        assertThat(run.failed()).as(run.toString()).containsExactlyInAnyOrderElementsOf(fault.clauses);
    }

    @Tag("full")
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void contract_faultFailsNoOtherClause(RetrieverFault fault) {
        ContractRun run = run(fault);

        assertThat(run.failed()).as(run.toString()).containsExactlyInAnyOrderElementsOf(fault.clauses);
    }

    private static ContractRun run(RetrieverFault fault) {
        planted = fault;
        ContractRun run = ContractRun.of(Plain.class);
        assertThat(run.skipped()).isEmpty();
        assertThat(run.succeeded() + run.failed().size()).isGreaterThan(40);
        return run;
    }

    static final class Plain extends RetrieverContract {
        @Override
        protected Retriever open(ComponentContext context) {
            return new PlainRetriever(planted);
        }
    }
}
