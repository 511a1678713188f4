package dev.geotherm.api.anchor;

import dev.geotherm.api.ComponentFactory;

/**
 * A factory of {@link PassageIndexes}.
 *
 * @param <S> the settings record
 */
public interface PassageIndexesFactory<S extends Record> extends ComponentFactory<S, PassageIndexes> {}
