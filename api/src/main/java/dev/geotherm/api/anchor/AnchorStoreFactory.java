package dev.geotherm.api.anchor;

import dev.geotherm.api.ComponentFactory;

/**
 * A factory of {@link AnchorStore}s.
 *
 * @param <S> the settings record
 */
public interface AnchorStoreFactory<S extends Record> extends ComponentFactory<S, AnchorStore> {}
