package dev.geotherm.testkit.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.testkit.ContractRun;
import dev.geotherm.testkit.PlantedRuns;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A test of the contract of evaluators: each flaw fails its clauses and no others. */
final class BrokenEvaluatorsTest {
    private static final ThreadLocal<Flaw> PLANTED = ThreadLocal.withInitial(() -> Flaw.FAILURES_GO_TO_THE_END);

    @ParameterizedTest
    @EnumSource
    @Execution(ExecutionMode.CONCURRENT)
    void contract_flawFailsItsClauses(Flaw flaw) {
        ContractRun run = PlantedRuns.failing(PLANTED, flaw, Broken.class, flaw.clauses);

        assertThat(run.failed()).as(run.toString()).containsExactlyInAnyOrderElementsOf(flaw.clauses);
    }

    @Test
    void contract_undeclaredWorkersFail() {
        Set<String> clauses = Set.of("mode_parallelEvaluatesSeveralBatchesAtOnce");

        ContractRun run = PlantedRuns.undeclared(EvaluatorCapability.SEVERAL_WORKERS, Broken.class, clauses);

        assertThat(run.failed()).isEqualTo(clauses);
    }

    @Nested
    @Tag("full")
    class WholeContract {
        private static PlantedRuns<Flaw> runs;

        @BeforeAll
        static void runAll() {
            runs = PlantedRuns.start(Flaw.class, PLANTED, () -> ContractRun.of(Broken.class));
        }

        @ParameterizedTest
        @EnumSource
        void contract_flawFailsNoOtherClause(Flaw flaw) {
            ContractRun run = runs.of(flaw, flaw.clauses::equals);

            assertThat(run.failed()).as(run.toString()).containsExactlyInAnyOrderElementsOf(flaw.clauses);
        }
    }

    static final class Broken extends BatchEvaluatorContract {
        private final Flaw flaw = PLANTED.get();
        private final Set<EvaluatorCapability> capabilities =
                PlantedRuns.declared(EnumSet.allOf(EvaluatorCapability.class));

        @Override
        protected BatchEvaluator create(ComponentContext context, Tuning tuning) {
            return new ReferenceEvaluator(context.instance(), tuning, Set.of(flaw));
        }

        @Override
        protected Set<EvaluatorCapability> capabilities() {
            return capabilities;
        }
    }
}
