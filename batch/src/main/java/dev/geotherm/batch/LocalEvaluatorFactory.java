package dev.geotherm.batch;

import com.google.auto.service.AutoService;
import dev.geotherm.api.ComponentContext;
import dev.geotherm.api.batch.BatchEvaluator;
import dev.geotherm.api.batch.BatchEvaluatorFactory;

/** A factory of {@link LocalEvaluator}s; its name in profiles is {@code local}. */
@SuppressWarnings("rawtypes") // a service interface cannot be named with its type parameter
@AutoService(BatchEvaluatorFactory.class)
public final class LocalEvaluatorFactory implements BatchEvaluatorFactory<LocalEvaluatorSettings> {

    /** Creates the factory; called by the service loader. */
    public LocalEvaluatorFactory() {}

    @Override
    public String name() {
        return "local";
    }

    @Override
    public String description() {
        return "Evaluates on threads of this JVM, with a checkpoint next to the output to resume killed jobs.";
    }

    @Override
    public Class<LocalEvaluatorSettings> settings() {
        return LocalEvaluatorSettings.class;
    }

    @Override
    public BatchEvaluator create(LocalEvaluatorSettings settings, ComponentContext context) {
        return new LocalEvaluator(settings, context);
    }
}
