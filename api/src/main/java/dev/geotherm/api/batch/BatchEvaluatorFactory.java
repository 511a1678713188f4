package dev.geotherm.api.batch;

import dev.geotherm.api.ComponentFactory;

/**
 * Makes {@link BatchEvaluator}s.
 *
 * @param <S> the settings record
 */
public interface BatchEvaluatorFactory<S extends Record> extends ComponentFactory<S, BatchEvaluator> {}
