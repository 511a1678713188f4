package dev.geotherm.testkit.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.testkit.ContractRun;
import dev.geotherm.testkit.PlantedRuns;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A test of the contract of evaluators: each flaw fails its clauses and no others. */
final class BrokenEvaluatorsTest {
    private static final ThreadLocal<Flaw> PLANTED = ThreadLocal.withInitial(() -> Flaw.values()[0]);

    @ParameterizedTest
    @EnumSource
    void contract_flawFailsItsClauses(Flaw flaw) {
        ContractRun run = PlantedRuns.with(PLANTED, flaw, () -> ContractRun.of(Broken.class, Set.copyOf(flaw.clauses)));

        assertThat(run.failed()).as(run.toString()).containsExactlyInAnyOrderElementsOf(flaw.clauses);
    }

    @Nested
    @Tag("full")
    class WholeContract {
        /** Long variants of other clauses, which find the same. */
        private static final Set<String> LONG = Set.of(
                "checkpoint_truncatedAtEachByteIsResumed",
                "checkpoint_damagedAtAnyByteBeforeItsLastRecordIsRefused",
                "checkpoint_damageAtAnyByteIsNeverTakenForAResult");

        private static PlantedRuns<Flaw> runs;

        @BeforeAll
        static void runAll() {
            runs = PlantedRuns.start(Flaw.class, PLANTED, () -> ContractRun.of(Broken.class));
        }

        @ParameterizedTest
        @EnumSource
        void contract_flawFailsNoOtherClause(Flaw flaw) {
            ContractRun run = runs.of(flaw, failed -> withoutLong(failed).equals(new TreeSet<>(flaw.clauses)));

            assertThat(withoutLong(run.failed())).as(run.toString()).containsExactlyInAnyOrderElementsOf(flaw.clauses);
        }

        private static Set<String> withoutLong(Set<String> failed) {
            Set<String> others = new TreeSet<>(failed);
            others.removeAll(LONG);
            return others;
        }
    }

    static final class Broken extends BatchEvaluatorContract {
        private final Flaw flaw = PLANTED.get();

        @Override
        protected BatchEvaluator create(ComponentContext context, Tuning tuning) {
            return new ReferenceEvaluator(context.instance(), tuning, Set.of(flaw));
        }
    }
}
