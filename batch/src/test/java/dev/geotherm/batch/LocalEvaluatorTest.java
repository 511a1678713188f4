package dev.geotherm.batch;

import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.testkit.batch.BatchEvaluatorContract;
import dev.geotherm.testkit.batch.EvaluatorCapability;
import java.util.EnumSet;
import java.util.Set;

final class LocalEvaluatorTest extends BatchEvaluatorContract {

    @Override
    protected BatchEvaluator create(ComponentContext context, Tuning tuning) {
        return new LocalEvaluator(
                new LocalEvaluatorSettings(
                        tuning.batchSize(), tuning.workers(), tuning.maxRetries(), tuning.checkpointEvery()),
                context);
    }

    @Override
    protected Set<EvaluatorCapability> capabilities() {
        return EnumSet.allOf(EvaluatorCapability.class);
    }
}
