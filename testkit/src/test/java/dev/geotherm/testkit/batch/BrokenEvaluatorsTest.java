package dev.geotherm.testkit.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.testkit.ContractRun;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each flaw is found, by the clauses that speak of it and by no other. */
final class BrokenEvaluatorsTest {
    private static volatile Flaw planted = Flaw.values()[0];

    @ParameterizedTest
    @EnumSource
    void eachFlawFailsItsClauses(Flaw flaw) {
        planted = flaw;

        assertThat(ContractRun.of(Broken.class).failed()).containsExactlyInAnyOrderElementsOf(flaw.clauses);
    }

    static final class Broken extends BatchEvaluatorContract {
        @Override
        protected BatchEvaluator create(ComponentContext context, Tuning tuning) {
            return new PlainEvaluator(context.instance(), tuning, Set.of(planted));
        }
    }
}
