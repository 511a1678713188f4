package dev.geotherm.testkit.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.anchor.Embedder;
import dev.geotherm.testkit.ContractRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of embedders passes a correct one, and finds each fault by the clauses that speak of it. */
final class EmbedderContractTest {
    private static volatile EmbedderFault planted = EmbedderFault.NONE;

    @ParameterizedTest
    @EnumSource
    void eachFaultFailsItsClausesAndNoOther(EmbedderFault fault) {
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
