package dev.geotherm.api.streaming;

import dev.geotherm.api.ComponentFactory;

/**
 * A factory of {@link IngestionPipelines}.
 *
 * @param <S> the settings record
 */
public interface IngestionPipelinesFactory<S extends Record> extends ComponentFactory<S, IngestionPipelines> {}
