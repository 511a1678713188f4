package dev.geotherm.api.batch;

import dev.geotherm.api.ComponentFactory;

/**
 * A factory of {@link BatchEvaluator}s.
 *
 * @param <S> the settings record
 */
public interface BatchEvaluatorFactory<S extends Record> extends ComponentFactory<S, BatchEvaluator> {}
