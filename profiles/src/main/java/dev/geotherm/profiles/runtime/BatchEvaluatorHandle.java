package dev.geotherm.profiles.runtime;

import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.api.batch.Evaluation;
import dev.geotherm.api.batch.EvaluationJob;
import dev.geotherm.api.batch.EvaluatorMetrics;

/** The handle of the batch evaluator. */
final class BatchEvaluatorHandle implements BatchEvaluator {
    private final String description;
    private volatile BatchEvaluator target;

    BatchEvaluatorHandle(String description, BatchEvaluator target) {
        this.description = description;
        this.target = target;
    }

    @Override
    public <I, O> Evaluation start(EvaluationJob<I, O> job) {
        return target.start(job);
    }

    @Override
    public EvaluatorMetrics metrics() {
        return target.metrics();
    }

    /** Throws, because the platform closes its components. */
    @Override
    public void close() {
        throw Handles.closeRefused("batch");
    }

    @Override
    public String toString() {
        return description;
    }
}
