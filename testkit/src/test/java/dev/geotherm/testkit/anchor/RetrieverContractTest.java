package dev.geotherm.testkit.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.anchor.Retriever;
import dev.geotherm.testkit.ContractRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A test of the contract of retrievers: a correct one passes, and each fault fails its clauses and no others. */
final class RetrieverContractTest {
    private static volatile RetrieverFault planted = RetrieverFault.NONE;

    @ParameterizedTest
    @EnumSource
    void contract_faultFailsItsClausesAndNoOther(RetrieverFault fault) {
        planted = fault;

        ContractRun run = ContractRun.of(Plain.class);

        assertThat(run.failed()).as(run.toString()).containsExactlyInAnyOrderElementsOf(fault.clauses);
        assertThat(run.skipped()).isEmpty();
        assertThat(run.succeeded() + run.failed().size()).isGreaterThan(40);
    }

    static final class Plain extends RetrieverContract {
        @Override
        protected Retriever open(ComponentContext context) {
            return new PlainRetriever(planted);
        }
    }
}
