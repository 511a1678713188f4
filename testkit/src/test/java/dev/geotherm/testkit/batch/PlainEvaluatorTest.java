package dev.geotherm.testkit.batch;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.batch.BatchEvaluator;
import java.util.Set;

/** The contract holds for an evaluator that can do nothing beyond it. */
final class PlainEvaluatorTest extends BatchEvaluatorContract {

    @Override
    protected BatchEvaluator create(ComponentContext context, Tuning tuning) {
        return new PlainEvaluator(tuning, context);
    }

    @Override
    protected Set<EvaluatorCapability> capabilities() {
        return Set.of();
    }
}
