package dev.geotherm.testkit.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.testkit.ContractRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A test of the contract of embedders: a correct one passes, and each fault fails its clauses and no others. */
final class EmbedderContractTest {
    private static volatile EmbedderFault planted = EmbedderFault.NONE;

    @ParameterizedTest
    @EnumSource
    void contract_faultFailsItsClausesAndNoOther(EmbedderFault fault) {
        planted = fault;

        ContractRun run = ContractRun.of(Plain.class);

        assertThat(run.failed()).as(run.toString()).containsExactlyInAnyOrderElementsOf(fault.clauses);
        assertThat(run.skipped()).isEmpty();
        assertThat(run.succeeded() + run.failed().size()).isGreaterThan(15);
    }

    static final class Plain extends EmbedderContract {
        @Override
        protected Embedder open() {
            return new PlainEmbedder(planted);
        }
    }
}
