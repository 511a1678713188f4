package dev.geotherm.testkit.batch;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.batch.BatchEvaluator;
import java.util.EnumSet;
import java.util.Set;

final class ReferenceEvaluatorTest extends BatchEvaluatorContract {

    @Override
    protected BatchEvaluator create(ComponentContext context, Tuning tuning) {
        return new ReferenceEvaluator(context.instance(), tuning, Set.of());
    }

    @Override
    protected Set<EvaluatorCapability> capabilities() {
        return EnumSet.allOf(EvaluatorCapability.class);
    }
}
