package dev.geotherm.api.anchor;

import dev.geotherm.api.ComponentFactory;

/**
 * A factory of {@link Embedder}s.
 *
 * @param <S> the settings record
 */
public interface EmbedderFactory<S extends Record> extends ComponentFactory<S, Embedder> {}
