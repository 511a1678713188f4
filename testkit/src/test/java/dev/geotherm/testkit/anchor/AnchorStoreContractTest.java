package dev.geotherm.testkit.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.anchor.AnchorStore;
import dev.geotherm.api.diff.StateDiffer;
import dev.geotherm.api.pool.ObjectPools;
import dev.geotherm.testkit.ContractRun;
import dev.geotherm.testkit.PlantedRuns;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A test of the contract of anchor stores: a correct one passes, and each fault fails its clauses and no others. */
final class AnchorStoreContractTest {
    private static volatile StoreFault planted = StoreFault.NONE;

    @Test
    void contract_correctStorePasses() {
        assertThat(run(StoreFault.NONE).failures()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void contract_faultFailsItsClauses(StoreFault fault) {
        planted = fault;

        ContractRun run = PlantedRuns.failing(Plain.class, fault.clauses);

        assertThat(run.failed()).as(run.toString()).containsExactlyInAnyOrderElementsOf(fault.clauses);
    }

    @Tag("full")
    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void contract_faultFailsNoOtherClause(StoreFault fault) {
        ContractRun run = run(fault);

        assertThat(run.failed()).as(run.toString()).containsExactlyInAnyOrderElementsOf(fault.clauses);
    }

    private static ContractRun run(StoreFault fault) {
        planted = fault;
        ContractRun run = fault == StoreFault.NONE
                ? ContractRun.of(Plain.class)
                : PlantedRuns.whole(Plain.class, fault.clauses::equals);
        assertThat(run.skipped()).isEmpty();
        assertThat(run.succeeded() + run.failed().size()).isGreaterThan(55);
        return run;
    }

    static final class Plain extends AnchorStoreContract {
        @Override
        protected AnchorStore open(AnchorStoreSettings rules, ComponentContext context) {
            return new PlainStore(rules, context, planted);
        }

        @Override
        protected ObjectPools openPools() {
            return new PlainPools();
        }

        @Override
        protected StateDiffer openDiffer() {
            return new PlainDiffer();
        }
    }
}
