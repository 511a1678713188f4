package dev.geotherm.api.anchor;

import dev.geotherm.api.ComponentFactory;

/**
 * A factory of {@link Retriever}s.
 *
 * @param <S> the settings record
 */
public interface RetrieverFactory<S extends Record> extends ComponentFactory<S, Retriever> {}
